/** The other activities of today that one may enter, one line each. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Pill } from '../../kit/Pill'
import { usePatientWords } from '../../kit/patient'
import { UrgencyTag } from '../../kit/UrgencyTag'
import { kindOf } from './kinds'
import css from './Today.module.css'
import { stands } from './view'

type Next = Schemas['NextOut']

export function Today({ others }: { others: readonly Next[] }) {
  const { t } = useTranslation()
  if (others.length === 0) return null
  return (
    <section aria-label={t('home.today_too')}>
      <ul className={css.list}>
        {others.map((each) => (
          <Line key={each.activity_id} next={each} />
        ))}
      </ul>
    </section>
  )
}

function Line({ next }: { next: Next }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { brief } = usePatientWords()
  const navigate = useNavigate()
  const { activity_id: id, patient, starts_at, title } = next
  const kind = kindOf(next.activity)
  const name = title || t('consultation.title')
  return (
    <li className={css.line}>
      <b className={css.when}>{starts_at ? moment(starts_at) : t(`home.${stands(next)}`)}</b>
      <UrgencyTag urgency={next.urgency} />
      <span className={css.what}>
        {kind ? <Link to={kind.page(id)}>{name}</Link> : name}
        {patient && <span className="secondary"> {brief(patient)}</span>}
      </span>
      {next.waiting_for_me && <Pill tone="urgent">{t('home.other_side')}</Pill>}
      {kind && (
        <Button
          size="small"
          disabled={!next.may_join}
          aria-label={t('home.enter_of', {
            who: patient ? brief(patient) : name,
            verb: t('consultation.enter'),
          })}
          onClick={() => void navigate(kind.room(id))}
        >
          {t('consultation.enter')}
        </Button>
      )}
    </li>
  )
}
