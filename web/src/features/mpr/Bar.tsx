/** The tools of the page: what a drag does, the window, the slab. */
import {
  AimOutlined,
  ArrowLeftOutlined,
  BulbOutlined,
  DownOutlined,
  DragOutlined,
  QuestionCircleOutlined,
  UndoOutlined,
  ZoomInOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu } from '../../kit/Menu'
import { PROJECTIONS } from '../../viewer/mpr/painter'
import {
  type Act,
  presetOf,
  presetsIn,
  type State,
  THICKEST_MM,
  type Tool,
} from '../../viewer/mpr/state'
import css from './mpr.module.css'

const TOOLS: readonly { tool: Tool; icon: ReactNode; shortcut: string }[] = [
  { tool: 'cross', icon: <AimOutlined aria-hidden />, shortcut: 'C' },
  { tool: 'window', icon: <BulbOutlined aria-hidden />, shortcut: 'W' },
  { tool: 'zoom', icon: <ZoomInOutlined aria-hidden />, shortcut: 'Z' },
  { tool: 'pan', icon: <DragOutlined aria-hidden />, shortcut: 'P' },
]

type Props = { state: State; act: (act: Act) => void; onBack: () => void; onHelp: () => void }

export function Bar({ state, act, onBack, onHelp }: Props) {
  const { t } = useTranslation()
  return (
    <div className={css.bar} role="toolbar" aria-label={t('viewer.tools')}>
      <Item
        icon={<ArrowLeftOutlined aria-hidden />}
        word={t('mpr.back')}
        shortcut="⌫"
        onClick={onBack}
      />
      {TOOLS.map(({ tool, icon, shortcut }) => (
        <Item
          key={tool}
          {...{ icon, shortcut }}
          word={t(`mpr.tool.${tool}`)}
          pressed={state.tool === tool}
          onClick={() => act({ do: 'tool', tool })}
        />
      ))}
      <Presets {...{ state, act }} />
      <Slab {...{ state, act }} />
      <Item
        icon={<UndoOutlined aria-hidden />}
        word={t('viewer.reset')}
        shortcut="R"
        onClick={() => act({ do: 'reset' })}
      />
      <span className="push" />
      <Item
        icon={<QuestionCircleOutlined aria-hidden />}
        word={t('viewer.help')}
        shortcut="?"
        onClick={onHelp}
      />
    </div>
  )
}

type Shared = Pick<Props, 'state' | 'act'>

function Presets({ state, act }: Shared) {
  const { t } = useTranslation()
  const shown = presetOf(state)
  return (
    <Menu
      selected={shown}
      items={presetsIn(state.volume).map(({ name, key }) => ({
        key: name,
        label: t(`viewer.preset.${name}`),
        extra: key,
        onClick: () => act({ do: 'preset', key }),
      }))}
    >
      <button type="button" className={css.item} title={t('viewer.presets')}>
        <span className="unseen">{t('viewer.presets')} </span>
        {t(`viewer.preset.${shown ?? 'custom'}`)}
        <DownOutlined aria-hidden />
      </button>
    </Menu>
  )
}

function Slab({ state: { slab, projection }, act }: Shared) {
  const { t } = useTranslation()
  return (
    <>
      <label className={css.thickness} title={`${t('mpr.slab')} ([ ])`}>
        {t('mpr.slab')}
        <input
          type="range"
          min={0}
          max={THICKEST_MM}
          step={1}
          value={slab}
          aria-valuetext={`${slab} mm`}
          onChange={(event) => act({ do: 'slab', mm: Number(event.target.value) })}
        />
        <output>{slab} mm</output>
      </label>
      <fieldset className={css.projections}>
        <legend className="unseen">{t('mpr.projecting')}</legend>
        {PROJECTIONS.map((one) => (
          <Item
            key={one}
            word={t(`mpr.projection.${one}`)}
            title={t(`mpr.projects.${one}`)}
            shortcut="M"
            pressed={projection === one}
            disabled={slab === 0}
            onClick={() => act({ do: 'projection', to: one })}
          />
        ))}
      </fieldset>
    </>
  )
}

type ItemProps = {
  icon?: ReactNode
  word: string
  title?: string
  shortcut: string
  pressed?: boolean
  disabled?: boolean
  onClick: () => void
}

const Item = ({ icon, word, title = word, shortcut, pressed, disabled, onClick }: ItemProps) => (
  <button
    type="button"
    className={css.item}
    title={`${title} (${shortcut})`}
    aria-pressed={pressed}
    disabled={disabled}
    onClick={onClick}
  >
    {icon}
    {word}
  </button>
)
