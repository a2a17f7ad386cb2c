/** The tools of the viewer: icons with their words, the chosen one pressed. */
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
import { Dropdown } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../viewer/status'
import type { ToolName } from '../../viewer/types'
import { presetsFor } from '../../viewer/view/voi'
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
  onKeyImage: (() => void) | undefined
  onPopOut: (() => void) | undefined
  onHelp: () => void
}

export function Toolbar({ opened, status, onKeyImage, onPopOut, onHelp }: Props) {
  const { t } = useTranslation()
  const ready = status.state === 'painted'
  const presets = presetsFor(status.modality)
  return (
    <div className={css.toolbar} role="toolbar" aria-label={t('viewer.tools')}>
      {TOOLS.map(({ tool, icon, key }) => (
        <button
          key={tool}
          type="button"
          className={css.tool}
          aria-pressed={status.tool === tool}
          aria-keyshortcuts={key}
          onClick={() => opened?.viewer.setTool(tool)}
        >
          {icon}
          {t(`viewer.tool.${tool}`)}
        </button>
      ))}
      <Dropdown
        trigger={['click']}
        disabled={!ready || status.colour}
        menu={{
          selectedKeys: status.preset ? [status.preset] : [],
          items: presets.map((preset) => ({
            key: preset.name,
            label: t(`viewer.preset.${preset.name}`),
            extra: preset.key,
          })),
          onClick: ({ key }) => {
            const chosen = presets.find((preset) => preset.name === key)
            if (chosen) opened?.controls.run({ do: 'preset', key: chosen.key })
          },
        }}
      >
        <button type="button" className={css.tool}>
          <span className="unseen">{t('viewer.presets')} </span>
          {t(`viewer.preset.${status.preset ?? 'custom'}`)}
          <DownOutlined aria-hidden />
        </button>
      </Dropdown>
      <button
        type="button"
        className={css.tool}
        disabled={!ready}
        aria-keyshortcuts="R"
        onClick={() => opened?.controls.run({ do: 'reset' })}
      >
        <UndoOutlined aria-hidden />
        {t('viewer.reset')}
      </button>
      {onKeyImage && (
        <button
          type="button"
          className={css.tool}
          disabled={!ready}
          aria-keyshortcuts="K"
          onClick={onKeyImage}
        >
          <PushpinOutlined aria-hidden />
          {t('viewer.key_image')}
        </button>
      )}
      <span className="push" />
      <button type="button" className={css.tool} aria-keyshortcuts="?" onClick={onHelp}>
        <QuestionCircleOutlined aria-hidden />
        {t('viewer.help')}
      </button>
      {onPopOut && (
        <button type="button" className={css.tool} onClick={onPopOut}>
          <ExportOutlined aria-hidden />
          {t('viewer.pop_out')}
        </button>
      )}
    </div>
  )
}
