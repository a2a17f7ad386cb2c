/** The series: when and with whom a ward is visited again and again, and whether that is kept. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import { RuleLine } from '../../../consultation/series/RuleLine'
import { EmptyState } from '../../../kit/EmptyState'
import { Loaded } from '../../../kit/Loaded'
import { Panel } from '../../../kit/Panel'
import { Pill } from '../../../kit/Pill'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { siteDay } from '../../../zone'
import { type Series, seriesQuery } from '../queries'
import { useRoundWords } from '../words'
import { SeriesDrawer } from './SeriesDrawer'
import css from './series.module.css'

const NEW = 'new'
const DAY_MS = 24 * 60 * 60_000

export function SeriesTab() {
  const { t } = useTranslation()
  const [edited, setEdited] = useState<string | null>(null)
  return (
    <Loaded
      query={seriesQuery()}
      what={t('rounds.tab.series')}
      skeleton={<PanelSkeleton rows={4} rowHeight={64} cells={[160, '30%', '30%', 120]} />}
    >
      {({ items, may_plan }) => {
        const add = may_plan ? (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEdited(NEW)}>
            {t('rounds.series.add')}
          </Button>
        ) : null
        return (
          <Panel title={t('rounds.tab.series')} extra={items.length > 0 && add} tight>
            {items.length === 0 ? (
              <EmptyState
                title={t('rounds.empty.series')}
                hint={t('rounds.empty.series_hint')}
                action={add}
              />
            ) : (
              <ul className={css.rows} aria-label={t('rounds.tab.series')}>
                {items.map((row) => (
                  <One key={row.id} row={row} onEdit={() => setEdited(row.id)} />
                ))}
              </ul>
            )}
            {(edited === NEW || items.some(({ id }) => id === edited)) && (
              <SeriesDrawer
                row={items.find(({ id }) => id === edited) ?? null}
                onClose={() => setEdited(null)}
              />
            )}
          </Panel>
        )
      }}
    </Loaded>
  )
}

function One({ row, onEdit }: { row: Series; onEdit: () => void }) {
  const { t } = useTranslation()
  const words = useRoundWords()
  const ward = words.ward(row)
  return (
    <li className={css.row}>
      <span className={css.two}>
        <b>{ward}</b>
        <span className="secondary small">{words.hospital(row.branch_id)}</span>
      </span>
      <span className={css.two}>
        <RuleLine row={row} />
        <span className="secondary small">
          {t('rounds.leads', { name: row.leads.map(words.named).join(t('state.comma')) })}
        </span>
      </span>
      <Kept row={row} />
      <Next row={row} />
      <span className={css.act}>
        {row.may_change && (
          <Button aria-label={t('rounds.series.edit_of', { ward })} onClick={onEdit}>
            {t('rounds.series.edit')}
          </Button>
        )}
      </span>
    </li>
  )
}

/** Whether rounds come as often as was promised: by whole days since the last. */
function Kept({ row }: { row: Series }) {
  const { t } = useTranslation()
  const { when } = useRoundWords()
  const { last_at, cadence_days } = row
  const days = String(cadence_days)
  const gap = last_at ? Math.floor((serverNow() - Date.parse(last_at)) / DAY_MS) : 0
  return (
    <span className={css.two}>
      <span>
        {last_at && gap > cadence_days && (
          <Pill tone="stat">{t('rounds.series.late', { n: String(gap), days })}</Pill>
        )}
        {last_at && gap <= cadence_days && <Pill tone="done">{t('rounds.series.kept')}</Pill>}
        {!last_at && <span className="secondary">{t('rounds.series.never')}</span>}
      </span>
      <span className="secondary small">
        {last_at ? t('rounds.series.last', { at: when(last_at) }) : null}{' '}
        {t('rounds.series.cadence', { days })}
      </span>
    </span>
  )
}

function Next({ row }: { row: Series }) {
  const { t } = useTranslation()
  const { when } = useRoundWords()
  const ended = row.ends_on !== null && row.ends_on < siteDay(serverNow())
  return (
    <span className={css.two}>
      <span>
        {row.next_at
          ? t('rounds.series.next', { at: when(row.next_at) })
          : t(ended ? 'rounds.series.ended' : 'rounds.series.no_next')}
      </span>
      <span className="secondary small">
        {row.ends_on && !ended && t('rounds.series.ends', { day: row.ends_on })}
      </span>
      {row.unbooked > 0 && (
        <span>
          <Pill tone="stat">{t('rounds.series.unbooked', { n: String(row.unbooked) })}</Pill>
        </span>
      )}
    </span>
  )
}
