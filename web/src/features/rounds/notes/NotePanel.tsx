/** The note that is open: written at the ward, countersigned at the hub, read by everybody else. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { Notice } from '../../../kit/Notice'
import { usePatientWords } from '../../../kit/patient'
import { useMayPrint } from '../mayPrint'
import { Countersign } from './Countersign'
import { InstructionActs } from './InstructionActs'
import css from './notes.module.css'
import { type Note, useNoteDraft } from './queries'
import { Read } from './Read'
import { Write } from './Write'

type Props = {
  note: Note
  /** When the one before was sent. */
  since: number
  onDone: () => void
}

export function NotePanel({ note, since, onDone }: Props) {
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
      {note.gone && note.may.length > 0 && (
        <Notice tone="urgent">
          <Left why={note.gone} />
        </Notice>
      )}
      <Instructions note={note} />
      {writes && <Write {...{ note, draft, since, onDone }} />}
      {!writes && note.may.includes('countersign') && <Countersign {...{ note, since, onDone }} />}
      {!writes && !note.may.includes('countersign') && <Read note={note} />}
    </section>
  )
}

function Returned({ words }: { words: string }) {
  const { t } = useTranslation()
  return t('rounds_notes.returned', { words })
}

function Left({ why }: { why: NonNullable<Note['gone']> }) {
  const { t } = useTranslation()
  return t(`rounds_notes.gone.${why}`)
}

/** 三级查房: of doctors alone. */
const RANKS = ['resident', 'attending', 'associate_chief', 'chief'] as const

function Head({ note }: { note: Note }) {
  const { t } = useTranslation()
  const { name, sex, age } = usePatientWords()
  const { patient } = note
  const prints = useMayPrint()
  const rank = RANKS.find((each) => each === note.rank)
  return (
    <header className={css.head}>
      <h2 id="note">
        {t('rounds_notes.bed', { bed: note.bed })}{' '}
        {patient && `${name(patient)} ${sex(patient.sex)} ${age(patient)}`}
      </h2>
      <span className="secondary">
        {patient && t('patient.number.admission', { number: patient.number })}
        {rank && ` · ${t(`rounds_notes.rank.${rank}`)}`}
        {note.kind === 'guidance' && ` · ${t('rounds_notes.guidance')}`}
        {note.signed_at && !note.kind && ` · ${t('rounds_notes.unseen')}`}
      </span>
      {note.signed_at && prints && (
        <Button
          className="push"
          icon={<PrinterOutlined aria-hidden />}
          href={`/api/rounds/items/${note.item_id}/note/print`}
          target="_blank"
        >
          {t('rounds_notes.print')}
        </Button>
      )}
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
              {t(`rounds_notes.instruction.${each.state}`, {
                at: each.replaced_round_at ? dateTime(each.replaced_round_at) : '',
              })}{' '}
              · {t('rounds_notes.due', { at: dateTime(each.due_at) })}
            </span>{' '}
            <InstructionActs one={each} />
          </li>
        ))}
      </ol>
      <p className="secondary small">{t('rounds_notes.not_order')}</p>
    </div>
  )
}
