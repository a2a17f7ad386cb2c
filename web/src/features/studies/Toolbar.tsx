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
import type { Presentation } from '../../viewer/presentation/state'
import type { Status } from '../../viewer/status'
import type { ToolName } from '../../viewer/types'
import { presetsFor } from '../../viewer/view/voi'
import { PresentationMenu } from './PresentationMenu'
import css from './panel.module.css'
import type { Opened } from './useViewer'

const TOOLS: readonly { tool: ToolName; icon: ReactNode; key: string }[] = [
  { tool: 'window', icon: <BulbOutlined aria-hidden />, key: 'W' },
  { tool: 'scroll', icon: <SwapOutlined rotate={90} aria-hidden />, key: 'S' },
  { tool: 'zoom', icon: <ZoomInOutlined aria-hidden />, key: 'Z' },
  { tool: 'pan', icon: <DragOutlined aria-hidden />, key: 'P' },
  { tool: 'length', icon: <ColumnWidthOutlined aria-hidden />, key: 'L' },
]

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
      {TOOLS.map(({ tool, icon, key }) => (
        <Tool
          key={tool}
          icon={icon}
          word={t(`viewer.tool.${tool}`)}
          shortcut={key}
          pressed={status.tool === tool}
          onClick={() => opened?.viewer.setTool(tool)}
        />
      ))}
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

/** The menu is made once there is a picture to set: before, it would only keep the picture waiting. */
function Presets({ opened, status, ready }: Pick<Props, 'opened' | 'status'> & { ready: boolean }) {
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
