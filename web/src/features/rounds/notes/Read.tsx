/** A note as it stands, with who wrote and signed it. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { usePeopleWords } from '../../../kit/people'
import css from './notes.module.css'
import { type Note, PARTS, textOf } from './queries'

export function Read({ note }: { note: Note }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { named } = usePeopleWords()
  const text = textOf(note)
  if (note.version === 0) return <p className="secondary">{t('rounds_notes.nobody_wrote')}</p>
  return (
    <>
      {PARTS.filter((part) => text[part]).map((part) => (
        <div key={part} className={css.part}>
          <h3>{t(`rounds_notes.part.${part}`)}</h3>
          <p>{text[part]}</p>
        </div>
      ))}
      <p className="secondary small">
        {[
          note.author && t('rounds_notes.by.author', { who: named(note.author) }),
          note.hub_by &&
            note.hub_at &&
            t('rounds_notes.by.hub', { who: named(note.hub_by), at: dateTime(note.hub_at) }),
          note.senior_by && t('rounds_notes.by.senior', { who: named(note.senior_by) }),
          note.sha256 && `SHA-256 ${note.sha256.slice(0, 16)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </>
  )
}
