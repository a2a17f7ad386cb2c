/** Who is called of one roster, in order, or that nobody is on duty and what happens then. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { Pill } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import css from './rosters.module.css'

type Roster = Schemas['OnDutyRoster']

export function Called({ roster }: { roster: Roster }) {
  const { t, i18n } = useTranslation()
  const { moment } = useFormat()
  const { actor } = useSession()
  const { withTitle } = usePeopleWords()
  const next = roster.next
  return (
    <>
      {roster.people.length === 0 ? (
        <p className={css.nobody}>
          {roster.gap && <Pill tone="stat">{t('rosters.gap')}</Pill>}{' '}
          {t(roster.kind === 'role' ? 'rosters.gap_role' : 'rosters.gap_experts')}
        </p>
      ) : (
        <ol className={css.order}>
          {roster.people.map((each) => (
            <li key={each.id} className={each.id === actor.id ? css.me : ''}>
              <span className={css.place}>{t('rosters.place', { n: String(each.place) })}</span>
              <b>{withTitle(each)}</b>
              {each.id === actor.id && <b className={css.you}> {t('rosters.you')}</b>}
              <span className="secondary small">
                {t('rosters.until_short', { at: moment(each.until) })}
              </span>
              <Phone phone={each.phone} />
              {each.note && (
                <span className="small">{t('rosters.note_is', { note: each.note })}</span>
              )}
            </li>
          ))}
        </ol>
      )}
      {next && (
        <p className="secondary small">
          {t('rosters.hand_over_at', {
            at: moment(next.at),
            who: (i18n.language === 'en' ? next.people_en : next.people).join(
              i18n.language === 'en' ? ', ' : '、',
            ),
          })}
        </p>
      )}
    </>
  )
}

export function Phone({ phone }: { phone: string }) {
  const { t } = useTranslation()
  return phone ? (
    <a className={css.phone} href={`tel:${phone.replace(/\s/g, '')}`}>
      {phone}
    </a>
  ) : (
    <span className="secondary small">{t('person.no_phone')}</span>
  )
}
