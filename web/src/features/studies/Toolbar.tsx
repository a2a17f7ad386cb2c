/** The viewer's tools. */
import {
  BulbOutlined,
  ColumnWidthOutlined,
  DownOutlined,
  DragOutlined,
  ExportOutlined,
  PushpinOutlined,
  QuestionCircleOutlined,
  SwapOutlined,
  UndoOutlined,
  ZoomInOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu } from '../../kit/Menu'
import { keyOf } from '../../viewer/input/keys'
import type { Presentation } from '../../viewer/presentation/state'
import type { Status } from '../../viewer/status'
import { MARK_KINDS } from '../../viewer/tools/names'
import type { ToolName } from '../../viewer/types'
import { presetsFor } from '../../viewer/view/voi'
import { PresentationMenu } from './PresentationMenu'
import css from './panel.module.css'
import type { Opened } from './useViewer'

const TOOLS: readonly { tool: ToolName; icon: ReactNode }[] = [
  { tool: 'window', icon: <BulbOutlined aria-hidden /> },
  { tool: 'scroll', icon: <SwapOutlined rotate={90} aria-hidden /> },
  { tool: 'zoom', icon: <ZoomInOutlined aria-hidden /> },
  { tool: 'pan', icon: <DragOutlined aria-hidden /> },
  { tool: 'length', icon: <ColumnWidthOutlined aria-hidden /> },
]
/** Besides the length, which has a button. */
const MEASURES = MARK_KINDS.filter((kind) => kind !== 'length')

type Props = {
  opened: Opened | null
  status: Status
  presentations: { all: readonly Presentation[]; failed: boolean }
  /** The reader changes the view, and so stops following. */
  onTouch: () => void
  onKeyImage: (() => void) | undefined
  onPopOut: (() => void) | undefined
  /** Absent if the page shows the keys itself. */
  onHelp: (() => void) | undefined
}

/** Always one line: if there is no room for labels, they become tooltips. */
export function Toolbar({
  opened,
  status,
  presentations,
  onTouch,
  onKeyImage,
  onPopOut,
  onHelp,
}: Props) {
  const { t } = useTranslation()
  const ready = status.state === 'painted'
  return (
    <div className={css.toolbar} role="toolbar" aria-label={t('viewer.tools')}>
      {TOOLS.map(({ tool, icon }) => (
        <Tool
          key={tool}
          icon={icon}
          word={t(`viewer.tool.${tool}`)}
          shortcut={keyOf(tool)}
          pressed={status.tool === tool}
          onClick={() => opened?.viewer.setTool(tool)}
        />
      ))}
      <Measures opened={opened} status={status} ready={ready} />
      <Presets opened={opened} status={status} ready={ready} />
      <PresentationMenu {...{ opened, status, presentations, onTouch }} />
      <Tool
        icon={<UndoOutlined aria-hidden />}
        word={t('viewer.reset')}
        shortcut="R"
        minor
        disabled={!ready}
        onClick={() => opened?.controls.run({ do: 'reset' })}
      />
      {onKeyImage && (
        <Tool
          icon={<PushpinOutlined aria-hidden />}
          word={t('viewer.key_image')}
          shortcut="K"
          disabled={!ready}
          onClick={onKeyImage}
        />
      )}
      <span className="push" />
      {onHelp && (
        <Tool
          icon={<QuestionCircleOutlined aria-hidden />}
          word={t('viewer.help')}
          shortcut="?"
          minor
          onClick={onHelp}
        />
      )}
      {onPopOut && (
        <Tool
          icon={<ExportOutlined aria-hidden />}
          word={t('viewer.pop_out')}
          minor
          onClick={onPopOut}
        />
      )}
    </div>
  )
}

/** The kinds of measurement that have no button of their own. */
function Measures({ opened, status, ready }: PartProps) {
  const { t } = useTranslation()
  const chosen = MEASURES.find((kind) => kind === status.tool) ?? null
  const button = (
    <button
      type="button"
      className={css.tool}
      title={t('viewer.measuring')}
      aria-pressed={chosen !== null}
      disabled={!ready}
    >
      {chosen && <span className="unseen">{t('viewer.measuring')} </span>}
      {t(chosen ? `viewer.tool.${chosen}` : 'viewer.measuring')}
      <DownOutlined aria-hidden />
    </button>
  )
  if (!ready) return button
  return (
    <Menu
      selected={chosen}
      items={MEASURES.map((kind) => ({
        key: kind,
        label: t(`viewer.tool.${kind}`),
        extra: keyOf(kind),
        onClick: () => opened?.viewer.setTool(kind),
      }))}
    >
      {button}
    </Menu>
  )
}

type PartProps = Pick<Props, 'opened' | 'status'> & { ready: boolean }

/** The menu is made once there is a picture to set: before, it would only keep the picture waiting. */
function Presets({ opened, status, ready }: PartProps) {
  const { t } = useTranslation()
  const usable = ready && !status.colour
  const button = (
    <button type="button" className={css.tool} title={t('viewer.presets')} disabled={!usable}>
      <span className="unseen">{t('viewer.presets')} </span>
      {t(`viewer.preset.${status.preset ?? 'custom'}`)}
      <DownOutlined aria-hidden />
    </button>
  )
  if (!usable) return button
  const presets = presetsFor(status.modality)
  return (
    <Menu
      selected={status.preset}
      items={presets.map(({ name, key }) => ({
        key: name,
        label: t(`viewer.preset.${name}`),
        extra: key,
        onClick: () => opened?.controls.run({ do: 'preset', key }),
      }))}
    >
      {button}
    </Menu>
  )
}

type ToolProps = {
  icon: ReactNode
  word: string
  shortcut?: string
  pressed?: boolean
  disabled?: boolean
  /** Where space is short, this label is hidden first. */
  minor?: boolean
  onClick: () => void
}

function Tool({ icon, word, shortcut, pressed, disabled = false, minor, onClick }: ToolProps) {
  return (
    <button
      type="button"
      className={css.tool}
      title={shortcut ? `${word} (${shortcut})` : word}
      disabled={disabled}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut}
      onClick={onClick}
    >
      {icon}
      <span className={minor ? css.minor : css.word}>{word}</span>
    </button>
  )
}
