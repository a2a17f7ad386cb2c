/** My day. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { serverNow, useNow } from '../../api/clock'
import { useFormat } from '../../i18n/format'
import { EmptyState } from '../../kit/EmptyState'
import { Panel } from '../../kit/Panel'
import { Pill, type Tone } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import css from './home.module.css'
import { kindOf } from './kinds'

type Entry = Schemas['AgendaEntry']
type Shown = 'done' | 'now' | 'next' | 'later' | 'interrupted' | 'unheld' | 'late' | 'unsettled'
const TONES: Record<Exclude<Shown, 'later'>, Tone> = {
  done: 'done',
  now: 'urgent',
  next: 'brand',
  interrupted: 'urgent',
  unheld: 'quiet',
  late: 'urgent',
  unsettled: 'quiet',
}

/** What each entry shows: an activity what became of it, a busy time whether it is over, running, or next. */
export function shownOf(
  entries: Pick<Entry, 'starts_at' | 'ends_at' | 'phase'>[],
  now: number,
): Shown[] {
  const next = entries.findIndex(
    ({ starts_at, phase }) =>
      Date.parse(starts_at) > now && (phase === null || phase === 'planned'),
  )
  return entries.map(({ starts_at, ends_at, phase }, i) => {
    if (phase === 'over') return 'done'
    if (phase === 'running') return 'now'
    if (phase === 'interrupted') return 'interrupted'
    if (Date.parse(ends_at) <= now) return phase === null ? 'done' : 'unheld'
    if (Date.parse(starts_at) <= now) return phase === null ? 'now' : 'late'
    if (phase === 'unsettled') return 'unsettled'
    return i === next ? 'next' : 'later'
  })
}

export function Schedule({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation()
  const { time, day } = useFormat()
  const { hospital, named } = usePeopleWords()
  const now = shownOf(entries, useNow())
  return (
    <Panel
      title={t('home.schedule')}
      extra={<span className="secondary small">{day(serverNow())}</span>}
    >
      {entries.length === 0 && (
        <EmptyState title={t('home.no_schedule')} hint={t('home.no_schedule_hint')} />
      )}
      <ul>
        {entries.map((entry, i) => {
          const shown = now[i] ?? 'later'
          const title = entry.untitled
            ? t('home.busy')
            : named({ name: entry.title, name_en: entry.title_en })
          const where = [
            ...entry.hospitals.map(hospital),
            named({ name: entry.venue, name_en: entry.venue_en }),
          ].filter(Boolean)
          const page = kindOf(entry.activity)?.page
          return (
            <li key={entry.id} className={`${css.entry} ${css[shown] ?? ''}`}>
              <time dateTime={entry.starts_at}>{time(entry.starts_at)}</time>
              <div>
                {page && entry.activity_id ? (
                  <Link className={css.title} to={page(entry.activity_id)}>
                    {title}
                  </Link>
                ) : (
                  <span className={css.title}>{title}</span>
                )}
                <p className="secondary small">{where.join(' · ')}</p>
              </div>
              {shown !== 'later' && (
                <Pill tone={TONES[shown]}>{t(`home.schedule_state.${shown}`)}</Pill>
              )}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
