/** Who has come already, and who is still missing. */
import { useTranslation } from 'react-i18next'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import type { Consultation } from '../consultations/view'
import css from './lobby.module.css'

export function Coming({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { withTitle, named, hospital } = usePeopleWords()
  const here = c.participants.filter(({ present }) => present).length
  return (
    <Panel
      tight
      title={t('room.coming.title')}
      note={t('room.coming.note', { here: String(here), all: String(c.participants.length) })}
    >
      {c.participants.length === 0 && <p className="secondary">{t('room.coming.nobody')}</p>}
      <ul>
        {c.participants.map(({ person, role, present, left_at }) => (
          <li key={person.id} className={css.person}>
            <span>
              <b>{withTitle(person)}</b>
              <span className="secondary small">
                {t(`consultation.part.${role}`)} · {hospital(person.hospital_id)}{' '}
                {named({ name: person.department, name_en: person.department_en })}
              </span>
            </span>
            <Pill tone={present ? 'done' : 'quiet'}>
              {t(present ? 'room.coming.here' : left_at ? 'room.coming.left' : 'room.coming.away')}
            </Pill>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
