/** The right column of the room: opinion (for its writer), packet and chat. */
import { lazy, type MouseEvent, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, CallState } from '../../../call'
import { Packet } from '../../../consultation/Packet'
import { Part, RequestParts, Story } from '../../../consultation/Story'
import { type Consultation, requestOf } from '../../../consultation/view'
import { WritingSkeleton } from '../../../kit/Skeletons'
import { useMine } from '../visit/useMine'
import { ChatPanel } from './ChatPanel'
import css from './side.module.css'
import { type Tab, Tabs } from './Tabs'

const OpinionEditor = lazy(() =>
  import('../../opinions/OpinionEditor').then(({ OpinionEditor }) => ({ default: OpinionEditor })),
)

export type SideProps = {
  call: Call
  state: CallState
  consultation: Consultation
  /** Null if the tabs are shown elsewhere. */
  tabs: readonly Tab[] | null
  tab: Tab
  onTab: (tab: Tab) => void
}

/** Opens links in a new tab, because leaving this page ends the call. */
function beside(event: MouseEvent): void {
  const link = (event.target as Element).closest('a')
  if (!link || link.target === '_blank') return
  event.preventDefault()
  event.stopPropagation()
  window.open(link.href, '_blank', 'noopener')
}

export function Side({ call, state, consultation: c, tabs, tab, onTab }: SideProps) {
  const { t } = useTranslation()
  const { lead } = useMine(c)
  return (
    <div className={css.side}>
      {tabs && (
        <Tabs
          tabs={tabs}
          tab={tab}
          onTab={onTab}
          onClose={() => onTab(lead ? 'opinion' : 'packet')}
        />
      )}
      <div id="side-panel" role="tabpanel" aria-labelledby={`side-${tab}`} className={css.panel}>
        {tab === 'opinion' && (
          <Suspense fallback={<WritingSkeleton />}>
            <OpinionEditor consultationId={c.id} />
          </Suspense>
        )}
        {tab === 'packet' && (
          <div className={css.scroll} onClickCapture={beside}>
            <Story>
              <RequestParts request={requestOf(c.content)} />
              <Part title={t('consultation.images')}>
                <Packet consultation={c} />
              </Part>
            </Story>
          </div>
        )}
        {tab === 'chat' && <ChatPanel call={call} state={state} consultation={c} />}
      </div>
    </div>
  )
}
