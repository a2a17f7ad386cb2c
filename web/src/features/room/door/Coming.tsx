/** Who has arrived, and who is still missing. */
import { useTranslation } from 'react-i18next'
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

export function Coming({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { withTitle, named, hospital } = usePeopleWords()
  const here = c.participants.filter(({ present, waiting }) => present || waiting).length
  return (
    <Panel
      tight
      title={t('room.coming.title')}
      note={t('room.coming.note', { here: String(here), all: String(c.participants.length) })}
    >
      {c.participants.length === 0 && <p className="secondary">{t('room.coming.nobody')}</p>}
      <p className="small">
        <OneSided consultation={c} />
      </p>
      <ul>
        {c.participants.map((each) => (
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
