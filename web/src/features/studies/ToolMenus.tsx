/** The menus of the viewer's tools. Each is made once there is a picture: before, it would only keep the picture waiting. */
import {
  BgColorsOutlined,
  DownOutlined,
  EllipsisOutlined,
  EyeOutlined,
  PauseOutlined,
  PlayCircleOutlined,
  RadiusSettingOutlined,
  RotateRightOutlined,
  SearchOutlined,
  SwapOutlined,
} from '@ant-design/icons'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu, type MenuEntry } from '../../kit/Menu'
import { type HelpWord, KEYS, keyOf } from '../../viewer/input/keys'
import type { Status } from '../../viewer/status'
import { MARK_KINDS } from '../../viewer/tools/names'
import { presetsFor, sameVoi } from '../../viewer/view/voi'
import css from './panel.module.css'
import type { Opened } from './useViewer'

type Props = { opened: Opened | null; status: Status; ready: boolean }

type ButtonProps = {
  /** What the menu is of; said before the chosen entry. */
  menu: string
  chosen: string | null
  icon?: ReactNode
  pressed?: boolean
  usable: boolean
  selected: string | null
  items: readonly MenuEntry[]
}

function ToolMenu({ menu, chosen, icon, pressed, usable, selected, items }: ButtonProps) {
  const button: ReactElement<object> = (
    <button
      type="button"
      className={css.tool}
      title={menu}
      aria-pressed={pressed}
      disabled={!usable}
    >
      {icon}
      {chosen && <span className="unseen">{menu} </span>}
      <span className={icon ? css.word : undefined}>{chosen ?? menu}</span>
      <DownOutlined aria-hidden />
    </button>
  )
  if (!usable) return button
  return (
    <Menu selected={selected} items={items}>
      {button}
    </Menu>
  )
}

/** Besides the length, which has a button. */
const MEASURES = MARK_KINDS.filter((kind) => kind !== 'length')

export function MeasureMenu({ opened, status, ready }: Props) {
  const { t } = useTranslation()
  const chosen = MEASURES.find((kind) => kind === status.tool) ?? null
  return (
    <ToolMenu
      menu={t('viewer.measuring')}
      chosen={chosen && t(`viewer.tool.${chosen}`)}
      icon={<RadiusSettingOutlined aria-hidden />}
      pressed={chosen !== null}
      usable={ready}
      selected={chosen}
      items={MEASURES.map((kind) => ({
        key: kind,
        label: t(`viewer.tool.${kind}`),
        extra: keyOf(kind),
        onClick: () => opened?.viewer.setTool(kind),
      }))}
    />
  )
}

/** The windows of the modality, and those of the file after its first. */
export function PresetMenu({ opened, status, ready }: Props) {
  const { t } = useTranslation()
  const shown = (ready && opened?.viewer.current()) || null
  const others = (shown?.frame.windows ?? []).map((voi, i) => ({
    voi,
    key: `file-${i}`,
    label: shown?.frame.windowNames[i] || t('viewer.preset.of_file', { n: String(i + 1) }),
  }))
  const here = shown && others.find(({ voi }) => sameVoi(voi, shown.voi))
  const ofFile = status.preset === null ? here : null
  return (
    <ToolMenu
      menu={t('viewer.presets')}
      chosen={ofFile ? ofFile.label : t(`viewer.preset.${status.preset ?? 'custom'}`)}
      usable={ready && !status.colour}
      selected={ofFile ? ofFile.key : status.preset}
      items={[
        ...presetsFor(status.modality, shown?.frame ?? null).map(({ name, key }) => ({
          key: name,
          label: t(`viewer.preset.${name}`),
          extra: key,
          onClick: () => opened?.controls.run({ do: 'preset', key }),
        })),
        ...others.slice(1).map(({ voi, key, label }) => ({
          key,
          label,
          extra: keyOf('fileWindow'),
          onClick: () => opened?.controls.setWindow(voi),
        })),
      ]}
    />
  )
}

/** What is wanted less often; each does what its key does. */
const MORE = [
  { word: 'invert', icon: <BgColorsOutlined aria-hidden /> },
  { word: 'turn', icon: <RotateRightOutlined aria-hidden /> },
  { word: 'flip', icon: <SwapOutlined aria-hidden /> },
  { word: 'flipOver', icon: <SwapOutlined rotate={90} aria-hidden /> },
  { word: 'overlays', icon: <EyeOutlined aria-hidden /> },
] as const

export function MoreMenu({ opened, status, ready, playing }: Props & { playing: boolean }) {
  const { t } = useTranslation()
  const entry = (word: HelpWord, label: string, icon: ReactNode): MenuEntry => ({
    key: word,
    label,
    icon,
    extra: keyOf(word),
    onClick: () => press(opened, word),
  })
  return (
    <ToolMenu
      menu={t('viewer.more')}
      chosen={null}
      icon={<EllipsisOutlined aria-hidden />}
      usable={ready}
      selected={status.tool === 'magnify' ? 'magnify' : null}
      items={[
        entry('magnify', t('viewer.tool.magnify'), <SearchOutlined aria-hidden />),
        ...MORE.map(({ word, icon }) => entry(word, t(`viewer.act.${word}`), icon)),
        {
          ...entry(
            'cine',
            t(playing ? 'viewer.act.pause' : 'viewer.act.play'),
            playing ? <PauseOutlined aria-hidden /> : <PlayCircleOutlined aria-hidden />,
          ),
          disabled: status.count < 2,
        },
      ]}
    />
  )
}

function press(opened: Opened | null, word: HelpWord): void {
  const binding = KEYS.find((one) => one.word === word)
  if (binding) opened?.controls.run(binding.action(binding.keys[0] ?? ''))
}
