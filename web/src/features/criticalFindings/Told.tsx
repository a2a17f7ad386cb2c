/** Who was told of a critical finding: what was read back on pages and on the telephone, and whom the system told. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { EmptyState } from '../../kit/EmptyState'
import { Panel } from '../../kit/Panel'
import { usePeopleWords } from '../../kit/people'
import css from './critical.module.css'
import type { Finding } from './queries'

export function Answers({ finding: { told, words, unit } }: { finding: Finding }) {
  const { t, i18n } = useTranslation()
  const { dateTime } = useFormat()
  const { named } = usePeopleWords()
  const said = (heard: string): string => {
    const word = words.find(({ zh }) => zh === heard)
    return word ? (i18n.language === 'en' ? word.en : word.zh) : [heard, unit].join(' ').trim()
  }
  return (
    <Panel title={t('critical.answers')}>
      {told.length === 0 ? (
        <EmptyState title={t('critical.no_answers')} />
      ) : (
        <ul className={css.rows}>
          {told.map((each) => (
            <li key={`${each.at}${each.name}${each.heard}`} className={css.row}>
              <span>
                <b>{each.name}</b> {each.number} {each.phone}{' '}
                <span className="secondary">
                  {t(`critical.how.${each.how}`)}
                  {each.told_by &&
                    ` · ${t('critical.told_by', { who: named({ name: each.told_by, name_en: each.told_by_en }) })}`}
                </span>
              </span>
              <span className={each.correct ? css.right : css.wrong}>
                {each.heard
                  ? t(each.correct ? 'critical.heard_right' : 'critical.heard_wrong', {
                      value: said(each.heard),
                    })
                  : t('critical.heard_nothing')}
              </span>
              <time className="secondary small" dateTime={each.at}>
                {dateTime(each.at)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

export function Called({ finding: { called } }: { finding: Finding }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { named, hospital } = usePeopleWords()
  const people = called.flatMap(({ ladder, people }) => people.map((one) => ({ ...one, ladder })))
  if (people.length === 0) return null
  return (
    <Panel title={t('critical.called')}>
      <ul className={css.rows}>
        {people.map((each) => (
          <li key={`${each.ladder}${each.id}`} className={css.row}>
            <span>
              <b>{named(each)}</b> {hospital(each.hospital_id)}{' '}
              {named({ name: each.department, name_en: each.department_en })} {each.phone}
            </span>
            <span className="secondary small">
              {moment(each.told_at)}{' '}
              {each.seen_at
                ? t('critical.seen', { at: moment(each.seen_at) })
                : t('critical.not_seen')}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
