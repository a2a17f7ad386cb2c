/** Who takes part, as what, from where, and whether they come. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { Panel } from '../../kit/Panel'
import { PersonName } from '../../kit/PersonName'
import { Pill, type Tone } from '../../kit/Pill'
import css from './consultation.module.css'

export type Person = {
  staff_id: string
  name: string
  name_en: string
  title: Schemas['Title']
  phone: string
  /** Hospital and department, in words. */
  from: string
  role: 'lead' | 'accompanying' | 'expert' | 'guest'
  answer: 'invited' | 'accepted' | 'proposed' | 'declined'
  present: boolean
  waiting: boolean
}

const TONES: Record<Person['answer'], Tone> = {
  invited: 'quiet',
  accepted: 'done',
  proposed: 'urgent',
  declined: 'stat',
}

const whereabouts = ({ present, waiting }: Person) =>
  present ? 'present' : waiting ? 'waiting' : null

/** `replies`: whether an answer to the invitation still matters. */
export function Participants({ people, replies }: { people: Person[]; replies: boolean }) {
  const { t } = useTranslation()
  return (
    <Panel tight title={t('consultation.participants')} note={people.length || null}>
      {people.length === 0 && <p className="secondary">{t('consultation.no_people')}</p>}
      <ul>
        {people.map((person) => (
          <li key={person.staff_id} className={css.person}>
            <span className={css.who}>
              <PersonName person={person} /> {t(`title.${person.title}`)}{' '}
              <span className="secondary small">
                {t(`consultation.part.${person.role}`)} · {person.from}
              </span>
            </span>
            {(replies || whereabouts(person)) && (
              <Pill tone={whereabouts(person) ? 'brand' : TONES[person.answer]}>
                {t(`consultation.answer.${whereabouts(person) ?? person.answer}`)}
              </Pill>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
