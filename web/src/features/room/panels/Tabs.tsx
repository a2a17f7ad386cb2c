/** The tabs of the right column; on a phone the study is one of them. */
import { CloseOutlined, FullscreenExitOutlined, FullscreenOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import css from './side.module.css'

export type Tab = 'study' | 'opinion' | 'packet' | 'chat'

/** Which panel a tab opens. */
const PANEL = {
  study: 'study-panel',
  opinion: 'side-panel',
  packet: 'side-panel',
  chat: 'side-panel',
}

type Props = {
  tabs: readonly Tab[]
  tab: Tab
  onTab: (tab: Tab) => void
  unread?: number
  /** Closes the chat, if it is shown in place of another panel. */
  onClose?: (() => void) | undefined
  /** Hides the video in favour of the panel below, or shows it again. */
  whole?: { on: boolean; onChange: () => void }
}

export function Tabs({ tabs, tab, onTab, unread = 0, onClose, whole }: Props) {
  const { t } = useTranslation()
  return (
    <div className={css.tabs}>
      <div role="tablist" aria-label={t('room.side.title')}>
        {tabs.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`side-${each}`}
            aria-selected={tab === each}
            aria-controls={tab === each ? PANEL[each] : undefined}
            onClick={() => onTab(each)}
          >
            {t(each === 'study' ? 'room.parts.name.study' : `room.side.${each}`)}
            {each === 'chat' && unread > 0 && (
              <b className={css.unread}>
                {unread}
                <span className="unseen">{t('room.bar.unread')}</span>
              </b>
            )}
          </button>
        ))}
      </div>
      {onClose && tab === 'chat' && (
        <Button
          className="push"
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('room.side.close_chat')}
          onClick={onClose}
        />
      )}
      {whole && (
        <Button
          className={`push ${css.whole}`}
          type="text"
          aria-pressed={whole.on}
          icon={
            whole.on ? <FullscreenExitOutlined aria-hidden /> : <FullscreenOutlined aria-hidden />
          }
          aria-label={t(whole.on ? 'room.parts.back' : 'room.parts.whole')}
          title={t(whole.on ? 'room.parts.back' : 'room.parts.whole')}
          onClick={whole.onChange}
        />
      )}
    </div>
  )
}
