/** Who has arrived, and who is still missing. */
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../api/session'
import type { Consultation } from '../../../consultation/view'
import { Panel } from '../../../kit/Panel'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { OneSided } from '../visit/OneSided'
import css from './lobby.module.css'

type Person = Consultation['participants'][number]

const where = ({ present, waiting, left_at }: Person) =>
  present ? 'here' : waiting ? 'waiting' : left_at ? 'left' : 'away'
const TONES = { here: 'done', waiting: 'brand', left: 'quiet', away: 'quiet' } as const

type Props = {
  consultation: Consultation
  /** The reader waits at the door, which they know before the record does. */
  waits: boolean
}

export function Coming({ consultation: c, waits }: Props) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { withTitle, named, hospital } = usePeopleWords()
  const people = c.participants.map((each) =>
    waits && each.person.id === actor.id ? { ...each, waiting: true } : each,
  )
  const here = people.filter(({ present, waiting }) => present || waiting).length
  return (
    <Panel
      tight
      title={t('room.coming.title')}
      note={t('room.coming.note', { here: String(here), all: String(people.length) })}
    >
      {people.length === 0 && <p className="secondary">{t('room.coming.nobody')}</p>}
      <p className="small">
        <OneSided consultation={c} />
      </p>
      <ul>
        {people.map((each) => (
          <li key={each.person.id} className={css.person}>
            <span>
              <b>{withTitle(each.person)}</b>
              <span className="secondary small">
                {t(`consultation.part.${each.role}`)} · {hospital(each.person.hospital_id)}{' '}
                {named({ name: each.person.department, name_en: each.person.department_en })}
              </span>
            </span>
            <Pill tone={TONES[where(each)]}>{t(`room.coming.${where(each)}`)}</Pill>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
