/** This week's busy times that this person may remove. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch } from '../../api/client'
import type { Entry } from '../../consultation/bookings'
import { EmptyState } from '../../kit/EmptyState'
import { Panel } from '../../kit/Panel'
import { useAct } from '../../kit/useAct'
import css from './cards.module.css'
import { Recurs } from './series/Recurs'
import { spanOf } from './week'
import { useBookingWords, useTimeWords } from './words'

export function BusyList({
  name,
  entries,
  zone,
  extra,
}: {
  name: string
  entries: Entry[]
  zone: string
  extra: ReactNode
}) {
  const { t } = useTranslation()
  const { span } = useTimeWords(zone)
  const { what } = useBookingWords()
  const takeBack = useAct<Entry, Entry>({
    of: ({ id }) => id,
    run: async (entry) => {
      const params = { path: { id: entry.id }, header: ifMatch(entry.version) }
      await body(client.DELETE('/api/calendar/busy/{id}', { params }))
      return entry
    },
    changes: { booking: '*' },
    done: ({ series_id }) => t(series_id ? 'recurring.taken_out' : 'scheduling.taken_back'),
  })
  /** Of a series one time alone is taken out. */
  const takeBackWord = ({ series_id }: Entry) =>
    t(series_id ? 'recurring.only_this' : 'scheduling.take_back')
  return (
    <Panel title={t('scheduling.of_mine', { name })} extra={extra}>
      {entries.length === 0 && (
        <EmptyState title={t('scheduling.none_of_mine')} hint={t('scheduling.none_of_mine_hint')} />
      )}
      <ul>
        {entries.map((entry) => (
          <li key={entry.id} className={css.entry}>
            <span>{span(spanOf(entry))}</span>
            <b>{what(entry)}</b>
            {what(entry) !== t(`taken.kind.${entry.kind}`) && (
              <span className="secondary small">{t(`taken.kind.${entry.kind}`)}</span>
            )}
            {entry.series_id && <Recurs />}
            <span className="push">
              <Button
                size="small"
                aria-label={`${takeBackWord(entry)} ${what(entry)}`}
                loading={takeBack.isPending && takeBack.variables?.id === entry.id}
                onClick={() => takeBack.mutate(entry)}
              >
                {takeBackWord(entry)}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
