/** A warning that the patient has a consultation already, with a way to it. It keeps nobody from asking for another. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormat } from '../../i18n/format'
import { Notice } from '../../kit/Notice'
import { paths } from '../../paths'
import { useDraft } from './draft'
import type { Request } from './form'
import css from './requests.module.css'

/** States in which its opinion is still to come. */
const UNDERWAY: ReadonlySet<Request['state']> = new Set([
  'submitted',
  'returned',
  'approved',
  'accepted',
  'scheduling',
  'scheduled',
  'ready',
  'in_progress',
  'interrupted',
  'answering',
])

export function Already() {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { row, fixed } = useDraft()
  const others = row.earlier.filter(({ state }) => UNDERWAY.has(state))
  if (fixed || row.state !== 'draft' || others.length === 0) return null
  return (
    <Notice tone="urgent">
      {t('requests.already.title')}
      <ul>
        {others.map(({ id, number, title, state, submitted_at }) => (
          <li key={id} className={css.row}>
            <Link className="target" to={paths.consultation(id)}>
              {[number, title].filter(Boolean).join(' · ')}
            </Link>
            <span className="secondary small">
              {t(`consultation.state.${state}`)}
              {submitted_at && ` · ${t('requests.already.at', { at: moment(submitted_at) })}`}
            </span>
          </li>
        ))}
      </ul>
      {t('requests.already.hint')}
    </Notice>
  )
}
