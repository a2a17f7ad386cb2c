/** Whom an activity is about and what it asks, leading to its page. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../../api/client'
import { usePatientWords } from '../../../kit/patient'
import { usePeopleWords } from '../../../kit/people'
import { pageOf } from './queries'
import css from './shift.module.css'

type Of = Pick<
  Schemas['AtHandOut'] | Schemas['CallOut'],
  'activity' | 'activity_id' | 'title' | 'patient' | 'place'
>

export function Who({ of: { activity, activity_id, title, patient, place } }: { of: Of }) {
  const { t } = useTranslation()
  const { brief, place: placeWords } = usePatientWords()
  const { hospital } = usePeopleWords()
  const page = pageOf(activity, activity_id)
  const name = patient ? brief(patient) : activity === 'round' ? title : t('home.no_patient')
  return (
    <span className={css.who}>
      {page ? <Link to={page}>{name}</Link> : <b>{name}</b>}
      <span className="secondary small">
        {[
          place && placeWords({ ...place, hospital: hospital(place.hospital_id) }),
          activity === 'round' ? t('nav.rounds') : title,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  )
}
