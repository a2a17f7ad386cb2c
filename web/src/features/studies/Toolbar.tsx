/** The viewer's tools. */
import {
  BulbOutlined,
  ColumnWidthOutlined,
  DragOutlined,
  ExportOutlined,
  PushpinOutlined,
  QuestionCircleOutlined,
  SaveOutlined,
  SwapOutlined,
  UndoOutlined,
  ZoomInOutlined,
} from '@ant-design/icons'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '../../i18n'
import { keyOf } from '../../viewer/input/keys'
import type { Status } from '../../viewer/status'
import type { ToolName } from '../../viewer/types'
import type { MprLinkProps } from './MprLink'
import { WORDS as MPR } from './mprWords'
import { PresentationMenu } from './PresentationMenu'
import css from './panel.module.css'
import { MeasureMenu, MoreMenu, PresetMenu } from './ToolMenus'
import type { Presentations } from './usePresentations'
import type { Saving } from './useSaved'
import type { Opened } from './useViewer'

/** Loaded when there is a picture, which comes first. */
const MprLink = lazy(() => withWords(MPR, import('./MprLink')))

const TOOLS: readonly { tool: ToolName; icon: ReactNode }[] = [
  { tool: 'window', icon: <BulbOutlined aria-hidden /> },
  { tool: 'scroll', icon: <SwapOutlined rotate={90} aria-hidden /> },
  { tool: 'zoom', icon: <ZoomInOutlined aria-hidden /> },
  { tool: 'pan', icon: <DragOutlined aria-hidden /> },
  { tool: 'length', icon: <ColumnWidthOutlined aria-hidden /> },
]

type Props = {
  opened: Opened | null
  status: Status
  /** The series runs as a film. */
  playing: boolean
  presentations: Presentations
  /** Several viewports, where the page has room for them. */
  layout: ReactNode
  mpr: Pick<MprLinkProps, 'to' | 'apart'> | undefined
  /** The reader changes the view, and so stops following. */
  onTouch: () => void
  onKeyImage: (() => void) | undefined
  saving: Saving
  onPopOut: (() => void) | undefined
  popOutKey: string | undefined
  /** Absent if the page shows the keys itself. */
  onHelp: (() => void) | undefined
}

/** Always one line: if there is no room for labels, they become tooltips. */
export function Toolbar({
  opened,
  status,
  playing,
  presentations,
  layout,
  mpr,
  onTouch,
  onKeyImage,
  saving,
  onPopOut,
  popOutKey,
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
      <MeasureMenu {...{ opened, status, ready }} />
      <PresetMenu {...{ opened, status, ready }} />
      <PresentationMenu {...{ opened, status, presentations, onTouch }} />
      <MoreMenu {...{ opened, status, ready, playing }} />
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
      <SaveMarks {...saving} />
      <span className="push" />
      {mpr && ready && (
        <Suspense fallback={null}>
          <MprLink {...{ opened, status }} {...mpr} />
        </Suspense>
      )}
      {layout}
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
          {...(popOutKey ? { shortcut: popOutKey } : {})}
          onClick={onPopOut}
        />
      )}
    </div>
  )
}

function SaveMarks({ unsaved, state, save }: Saving) {
  const { t } = useTranslation()
  if (!save) return null
  return (
    <Tool
      icon={<SaveOutlined aria-hidden />}
      word={
        unsaved > 0 ? t('viewer.marks.save_some', { n: String(unsaved) }) : t('viewer.marks.save')
      }
      shortcut={keyOf('saveMarks')}
      disabled={unsaved === 0 || state === 'saving'}
      onClick={save}
    />
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
