/** The latest events, newest first; the others behind a button with their number. */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry } from '../../consultation/historyWords'
import { useFormat } from '../../i18n/format'
import { Panel } from '../../kit/Panel'
import css from './consultation.module.css'

const Drawer = lazy(async () => ({ default: (await import('../../kit/Drawer')).Drawer }))

const SHOWN = 4
/** An event recorded this much later is marked as such. */
const LATE_MS = 60_000

function Entries({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  return (
    <ol>
      {entries.map(({ id, at, recorded_at, what, who }) => (
        <li key={id} className={css.event}>
          <time dateTime={at}>{moment(at)}</time>
          <span>
            {what}
            {who && <span className="secondary"> · {who}</span>}
            {Date.parse(recorded_at) - Date.parse(at) > LATE_MS && (
              <span className="secondary small">
                {' '}
                {t('consultation.recorded_late', { at: moment(recorded_at) })}
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}

export function History({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const all = (
    <Button type="link" size="small" className={css.all ?? ''} onClick={() => setOpen(true)}>
      {t('consultation.all_history', { count: entries.length })}
    </Button>
  )
  return (
    <Panel tight title={t('consultation.history')} extra={entries.length > SHOWN && all}>
      {entries.length === 0 && <p className="secondary">{t('consultation.no_history')}</p>}
      <Entries entries={entries.slice(0, SHOWN)} />
      {open && (
        <Suspense fallback={null}>
          <Drawer open title={t('consultation.history')} onClose={() => setOpen(false)}>
            <Entries entries={entries} />
          </Drawer>
        </Suspense>
      )}
    </Panel>
  )
}
