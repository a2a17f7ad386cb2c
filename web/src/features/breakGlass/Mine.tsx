/** What one has opened: what is open first, with its patient; the others without. */
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
import { mineQuery, type Mine as One } from './queries'

export function Mine() {
  const { t } = useTranslation()
  const title = t('break_glass.mine')
  return (
    <Panel title={title}>
      <Loaded query={mineQuery()} what={title} skeleton={<PanelSkeleton rows={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('break_glass.none')} hint={t('break_glass.none_hint')} />
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

function Row({ one }: { one: One }) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { name } = usePatientWords()
  const { moment } = useFormat()
  const who = name({ name: one.patient_name, pinyin: one.patient_pinyin })
  return (
    <li className={css.row}>
      <span>
        {one.ended_at ? (
          t('break_glass.of', { hospital: hospital(one.branch_id) })
        ) : (
          <Link to={paths.breakGlass(one.id)}>
            <b>{who}</b> {hospital(one.branch_id)}
          </Link>
        )}
        <span className="secondary small">
          {' '}
          {t(`break_glass.cause.${one.cause}`)} · {one.words}
        </span>
      </span>
      <span className="secondary small">
        {one.ended_at ? (
          t('break_glass.ended', { at: moment(one.ended_at) })
        ) : (
          <Countdown due={one.until} form="until" />
        )}
        {one.verdict && ` · ${t(`break_glass.verdict.${one.verdict}`)}`}
        {one.note && `：${one.note}`}
      </span>
    </li>
  )
}
