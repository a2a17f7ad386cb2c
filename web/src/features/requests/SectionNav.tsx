/** The parts of the request with what each still lacks; a click leads to the field. */
import { CheckOutlined, ClockCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { useDraft } from './draft'
import css from './requests.module.css'
import { laterOf, type Section, sectionOf, sectionsOf } from './sections'
import { goTo, useMissingWords } from './words'

export function SectionNav() {
  const { t } = useTranslation()
  const { row, missing } = useDraft()
  const { date } = useFormat()
  const words = useMissingWords()
  const later = laterOf(row)
  const lacks = (section: Section) => missing.filter((word) => sectionOf(word) === section)
  const open = (section: Section) => {
    const first = lacks(section)[0]
    if (first) goTo(first)
    else document.getElementById(`section-${section}`)?.scrollIntoView({ block: 'start' })
  }
  return (
    <nav className={css.sections} aria-label={t('requests.sections')}>
      <h1>{t('requests.title')}</h1>
      {missing.length > 0 ? (
        <b className={css.lacks} role="status">
          <WarningOutlined aria-hidden /> {t('requests.lacks', { n: String(missing.length) })}
        </b>
      ) : (
        <b className={css.whole} role="status">
          <CheckOutlined aria-hidden />{' '}
          {t(later.size > 0 ? 'requests.whole_for_now' : 'requests.whole')}
        </b>
      )}
      <ul>
        {sectionsOf(row).map((section) => {
          const lacking = lacks(section)
          const waits = lacking.length === 0 && later.has(section)
          return (
            <li key={section}>
              <button
                type="button"
                className={css.section}
                title={words.list(lacking)}
                onClick={() => open(section)}
              >
                {lacking.length > 0 ? (
                  <WarningOutlined aria-hidden className={css.lacks ?? ''} />
                ) : waits ? (
                  <ClockCircleOutlined aria-hidden />
                ) : (
                  <CheckOutlined aria-hidden className={css.whole ?? ''} />
                )}
                <span>{t(`requests.section.${section}`)}</span>
                {lacking.length > 0 ? (
                  <b className={`small ${css.lacks}`}>
                    {t('requests.part_lacks', { n: String(lacking.length) })}
                  </b>
                ) : waits ? (
                  <span className="secondary small">{t('requests.part_later')}</span>
                ) : (
                  <span className="unseen">{t('requests.part_done')}</span>
                )}
              </button>
            </li>
          )
        })}
      </ul>
      {row.agreement && (
        <p className={`secondary small ${css.agreement}`}>
          {t('requests.agreement', {
            number: row.agreement.number,
            until: date(row.agreement.valid_until),
          })}
        </p>
      )}
    </nav>
  )
}
