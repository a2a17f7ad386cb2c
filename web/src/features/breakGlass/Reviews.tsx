/** Who has opened patients of this hospital by break-glass; those that nobody has reviewed first. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormat } from '../../i18n/format'
import { Countdown } from '../../kit/Countdown'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { Panel } from '../../kit/Panel'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import css from './breakGlass.module.css'
import { type Review, reviewsQuery } from './queries'

export function Reviews() {
  const { t } = useTranslation()
  const title = t('break_glass.reviews')
  return (
    <Panel title={title}>
      <Loaded query={reviewsQuery()} what={title} skeleton={<PanelSkeleton rows={6} />}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState
              title={t('break_glass.no_reviews')}
              hint={t('break_glass.no_reviews_hint')}
            />
          ) : (
            <ul className={css.rows}>
              {items.map((one) => (
                <Row key={one.id} one={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  )
}

function Row({ one }: { one: Review }) {
  const { t } = useTranslation()
  const { withTitle, hospital } = usePeopleWords()
  const { name } = usePatientWords()
  const { moment } = useFormat()
  return (
    <li className={css.row}>
      <span>
        <Link to={paths.breakGlass(one.id)}>
          <b>{name({ name: one.patient_name, pinyin: one.patient_pinyin })}</b>
        </Link>{' '}
        {withTitle(one.by)} {hospital(one.by.hospital_id)}
        <span className="secondary small">
          {' '}
          {t(`break_glass.cause.${one.cause}`)} · {moment(one.opened_at)}
        </span>
      </span>
      <span className="secondary small">
        {one.verdict ? (
          t(`break_glass.verdict.${one.verdict}`)
        ) : (
          <Countdown due={one.due_at} since={one.opened_at} />
        )}
      </span>
    </li>
  )
}
