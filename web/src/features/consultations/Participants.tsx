/** The participants: role, hospital, and answer to the invitation. */
import { Button } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useRemoveExpert } from '../../consultation/perform'
import type { Consultation } from '../../consultation/view'
import { Panel } from '../../kit/Panel'
import { PersonName } from '../../kit/PersonName'
import { Pill, type Tone } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import { OnCase } from '../opinions/mdt'
import css from './consultation.module.css'

const AddExpert = lazy(async () => ({
  default: (await import('../../consultation/AddExpert')).AddExpert,
}))

type Person = Schemas['ParticipantOut']

const TONES: Record<Person['answer'], Tone> = {
  invited: 'quiet',
  accepted: 'done',
  proposed: 'urgent',
  declined: 'stat',
}

const whereabouts = ({ present, waiting }: Person) =>
  present ? 'present' : waiting ? 'waiting' : null

type Part = Person['role'] | 'chair' | 'recorder'

/** As what they take part: an MDT has a chair, and may have a recorder. */
const partOf = ({ mdt, recorder_id }: Consultation, { person, role }: Person): Part => {
  if (mdt && role === 'lead') return 'chair'
  return mdt && person.id === recorder_id ? 'recorder' : role
}

type Props = {
  consultation: Consultation
  /** Whether to show answers to the invitation. */
  replies: boolean
}

export function Participants({ consultation: c, replies }: Props) {
  const { t } = useTranslation()
  const people = c.participants
  const remove = useRemoveExpert(c.id)
  const onRemove = c.may_add_expert ? (id: string) => remove.mutate(id) : null
  return (
    <Panel tight title={t('consultation.participants')} note={people.length || null}>
      {people.length === 0 && <p className="secondary">{t('consultation.no_people')}</p>}
      <ul>
        {people.map((each) => (
          <Row
            key={each.person.id}
            one={each}
            part={partOf(c, each)}
            replies={replies}
            onRemove={onRemove}
          />
        ))}
      </ul>
      {c.may_add_expert && (
        <Suspense fallback={null}>
          <AddExpert consultation={c} />
        </Suspense>
      )}
      {(c.mdt || (c.may_add_expert && people.some(({ role }) => role === 'expert'))) && (
        <Suspense fallback={null}>
          <OnCase consultation={c} />
        </Suspense>
      )}
    </Panel>
  )
}

type RowProps = {
  one: Person
  part: Part
  replies: boolean
  onRemove: ((id: string) => void) | null
}

function Row({ one, part, replies, onRemove }: RowProps) {
  const { t } = useTranslation()
  const { hospital, named } = usePeopleWords()
  const { person } = one
  const department = named({ name: person.department, name_en: person.department_en })
  const from = `${hospital(person.hospital_id)} ${department}`
  return (
    <li className={css.person}>
      <span className={css.who}>
        <PersonName person={{ ...person, from }} /> {t(`title.${person.title}`)}{' '}
        <span className="secondary small">
          {t(`consultation.part.${part}`)} · {from}
        </span>
      </span>
      {one.removable && onRemove && (
        <Button
          className="push"
          type="text"
          size="small"
          aria-label={t('consultation.remove_expert', { who: named(person) })}
          onClick={() => onRemove(person.id)}
        >
          {t('consultation.remove')}
        </Button>
      )}
      {(replies || whereabouts(one)) && (
        <Pill tone={whereabouts(one) ? 'brand' : TONES[one.answer]}>
          {t(`consultation.answer.${whereabouts(one) ?? one.answer}`)}
        </Pill>
      )}
    </li>
  )
}
