/** The note that is open: written at the ward, countersigned at the hub, read by everybody else. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { NotOrder } from '../../../kit/NotOrder'
import { Notice } from '../../../kit/Notice'
import { usePatientWords } from '../../../kit/patient'
import { usePeopleWords } from '../../../kit/people'
import { Countersign } from './Countersign'
import css from './notes.module.css'
import { type Note, PARTS, textOf, useNoteDraft } from './queries'
import { Write } from './Write'

type Props = { note: Note; onDone: () => void }

export function NotePanel({ note, onDone }: Props) {
  const draft = useNoteDraft(note)
  const writes = draft !== null && (note.may.includes('write') || draft.dirty)
  return (
    <section className={css.note} aria-labelledby="note">
      <Head note={note} />
      {note.return_words && (
        <Notice tone="urgent">
          <Returned words={note.return_words} />
        </Notice>
      )}
      <Instructions note={note} />
      {writes && <Write {...{ note, draft, onDone }} />}
      {!writes && note.may.includes('countersign') && <Countersign {...{ note, onDone }} />}
      {!writes && !note.may.includes('countersign') && <Read note={note} />}
    </section>
  )
}

function Returned({ words }: { words: string }) {
  const { t } = useTranslation()
  return t('rounds_notes.returned', { words })
}

function Head({ note }: { note: Note }) {
  const { t } = useTranslation()
  const { name, sex, age } = usePatientWords()
  const { patient } = note
  return (
    <header className={css.head}>
      <h2 id="note">
        {t('rounds_notes.bed', { bed: note.bed })}{' '}
        {patient && `${name(patient)} ${sex(patient.sex)} ${age(patient)}`}
      </h2>
      <span className="secondary">
        {patient && t('patient.number.admission', { number: patient.number })}
        {note.rank && ` · ${t(`rounds_notes.rank.${note.rank}`)}`}
        {note.kind === 'guidance' && ` · ${t('rounds_notes.guidance')}`}
      </span>
    </header>
  )
}

function Instructions({ note }: { note: Note }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  if (note.instructions.length === 0)
    return <p className="secondary">{t('rounds_notes.no_instructions')}</p>
  return (
    <div>
      <h3>{t('rounds_notes.instructions')}</h3>
      <ol className={css.given}>
        {note.instructions.map((each) => (
          <li key={each.id}>
            {each.text}{' '}
            <span className="secondary small">
              {t(`rounds_notes.instruction.${each.state}`)} ·{' '}
              {t('rounds_notes.due', { at: dateTime(each.due_at) })}
            </span>
          </li>
        ))}
      </ol>
      <NotOrder />
    </div>
  )
}

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
