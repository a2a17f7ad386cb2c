/** My day. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { serverNow, useNow } from '../../api/clock'
import { useFormat } from '../../i18n/format'
import { EmptyState } from '../../kit/EmptyState'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import css from './home.module.css'
import { kindOf } from './kinds'
import { shownOf, TONES } from './schedule'

type Entry = Schemas['AgendaEntry']
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
              </div>
              {shown !== 'later' && (
                <Pill tone={TONES[shown]}>{t(`home.schedule_state.${shown}`)}</Pill>
              )}
              <p className={`secondary small ${css.parts}`}>{where.join(' · ')}</p>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
