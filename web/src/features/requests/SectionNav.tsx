/** The parts of the request with what each still lacks; a click leads to the field. */
import {
  CheckOutlined,
  ClockCircleOutlined,
  MinusOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { useDraft } from './draft'
import css from './requests.module.css'
import { laterOf, leftEmpty, type Section, sectionOf, sectionsOf } from './sections'
import { goTo, useMissingWords } from './words'

export function SectionNav() {
  const { t } = useTranslation()
  const { row, missing } = useDraft()
  const { date } = useFormat()
  const words = useMissingWords()
  const later = laterOf(row)
  const empty = leftEmpty(row)
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
          {t(
            `requests.${later.size > 0 ? 'whole_for_now' : empty.size > 0 ? 'nothing_open' : 'whole'}`,
          )}
        </b>
      )}
      <ul>
        {sectionsOf(row).map((section) => {
          const lacking = lacks(section)
          return (
            <li key={section}>
              <button
                type="button"
                className={css.section}
                title={words.list(lacking)}
                onClick={() => open(section)}
              >
                <Stand
                  of={section}
                  lacking={lacking.length}
                  later={later.has(section)}
                  empty={empty.has(section)}
                />
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

type StandProps = { of: Section; lacking: number; later: boolean; empty: boolean }

/** The name of a part, before it a mark and behind it how it stands. */
function Stand({ of, lacking, later, empty }: StandProps) {
  const { t } = useTranslation()
  const name = <span>{t(`requests.section.${of}`)}</span>
  if (lacking > 0)
    return (
      <>
        <WarningOutlined aria-hidden className={css.lacks ?? ''} />
        {name}
        <b className={`small ${css.lacks}`}>{t('requests.part_lacks', { n: String(lacking) })}</b>
      </>
    )
  if (later || empty)
    return (
      <>
        {later ? <ClockCircleOutlined aria-hidden /> : <MinusOutlined aria-hidden />}
        {name}
        <span className="secondary small">
          {t(later ? 'requests.part_later' : 'requests.part_empty')}
        </span>
      </>
    )
  return (
    <>
      <CheckOutlined aria-hidden className={css.whole ?? ''} />
      {name}
      <span className="unseen">{t('requests.part_done')}</span>
    </>
  )
}
