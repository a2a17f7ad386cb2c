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
type Phase = 'done' | 'now' | 'next' | 'later'
const TONES: Record<Exclude<Phase, 'later'>, Tone> = { done: 'done', now: 'urgent', next: 'brand' }

/** Which entries are over, running, or next. */
export function phases(entries: Pick<Entry, 'starts_at' | 'ends_at'>[], now: number): Phase[] {
  const next = entries.findIndex(({ starts_at }) => Date.parse(starts_at) > now)
  return entries.map(({ starts_at, ends_at }, i) => {
    if (Date.parse(ends_at) <= now) return 'done'
    if (Date.parse(starts_at) <= now) return 'now'
    return i === next ? 'next' : 'later'
  })
}

export function Schedule({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation()
  const { time, day } = useFormat()
  const { hospital, named } = usePeopleWords()
  const now = phases(entries, useNow())
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
          const phase = now[i] ?? 'later'
          const title = entry.untitled
            ? t('home.busy')
            : named({ name: entry.title, name_en: entry.title_en })
          const where = [
            ...entry.hospitals.map(hospital),
            named({ name: entry.venue, name_en: entry.venue_en }),
          ].filter(Boolean)
          const page = kindOf(entry.activity)?.page
          return (
            <li key={entry.id} className={`${css.entry} ${css[phase] ?? ''}`}>
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
              {phase !== 'later' && (
                <Pill tone={TONES[phase]}>{t(`home.schedule_state.${phase}`)}</Pill>
              )}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
