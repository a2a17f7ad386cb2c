/** An opinion to read, in the order of the record: the preview before signing, and the signed text. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'
import { ShownImages } from '../keyImages/ShownImages'
import { firstNumber, SECTIONS, type SectionName } from './content'
import type { Content, Row } from './queries'
import css from './read.module.css'

export function useDueWords(): (due: Row['due'], at: string | null) => string {
  const { t } = useTranslation()
  const { moment } = useFormat()
  return (due, at) => {
    if (!due) return ''
    return due === 'at' && at ? t('opinions.due_by', { at: moment(at) }) : t(`opinions.due.${due}`)
  }
}

/** English names of the owners that are staff of the branch, by the name written in the row. */
export type OwnersEn = Readonly<Record<string, string>>
type Props = { content: Content; owners: OwnersEn }

export function OpinionRead({ content, owners }: Props) {
  const { t } = useTranslation()
  return (
    <dl className={css.form}>
      <Line title={t('opinions.analysis')}>{content.analysis || <Unwritten />}</Line>
      <Line title={t('opinions.diagnosis')}>
        {content.diagnosis ? (
          <span className={css.strong}>{content.diagnosis}</span>
        ) : (
          <Unwritten />
        )}
      </Line>
      {SECTIONS.map((section) => (
        <Rows key={section} section={section} content={content} owners={owners} />
      ))}
      {content.reservations.trim() && (
        <Line title={t('opinions.reservations')}>{content.reservations}</Line>
      )}
      {content.key_images.length > 0 && (
        <Line title={t('key_images.title')}>
          <ShownImages images={content.key_images} />
        </Line>
      )}
    </dl>
  )
}

/** A draft is read before it is whole. */
function Unwritten() {
  const { t } = useTranslation()
  return <span className="secondary">{t('opinions.unwritten')}</span>
}

function Line({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={css.line}>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Rows({ section, content, owners }: Props & { section: SectionName }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const due = useDueWords()
  const rows = content[section]
  if (rows.length === 0 && section !== 'advice') return null
  const first = firstNumber(content, section)
  return (
    <Line title={t(`opinions.${section}`)}>
      {rows.length === 0 && (content.no_advice ? t('opinions.no_advice') : <Unwritten />)}
      {rows.map((row, i) => (
        <div key={row.key} className={css.row}>
          <b>{first + i}</b>
          <span>{row.text}</span>
          <span className="secondary small">
            {t(`opinions.kind.${row.kind}`)} ·{' '}
            {named({ name: row.owner, name_en: owners[row.owner] ?? null })} ·{' '}
            <b>{due(row.due, row.due_at)}</b>
          </span>
        </div>
      ))}
    </Line>
  )
}
