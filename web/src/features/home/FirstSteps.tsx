/** What a new site still lacks: each line turns green by itself and leads to its page. Gone once all is there. */
import { CheckCircleFilled, MinusCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { Panel } from '../../kit/Panel'
import { paths } from '../../paths'
import css from './firstSteps.module.css'
import { firstStepsQuery } from './queries'

type Step = Schemas['FirstStepOut']

/** Where it is done; not here: a consultation begins with a doctor's request, a relay is set on the server. */
const PAGE_OF: Partial<Record<Step['step'], string>> = {
  departments: paths.departments(),
  people: paths.staff(),
  venues: paths.venues(),
  agreement: paths.agreements(),
  roster: paths.rosters(),
  system: paths.systems(),
  images: paths.systems(),
  mail: paths.outside(),
}

/** What of it a workbook can bring. */
const IMPORT_OF: Partial<Record<Step['step'], string>> = {
  departments: paths.imports('departments'),
  people: paths.imports('staff'),
  venues: paths.imports('venues'),
  roster: paths.imports('roster'),
}

export default function FirstSteps() {
  const { t } = useTranslation()
  const { data } = useQuery(firstStepsQuery())
  if (!data) return null
  const done = data.items.filter((each) => each.done).length
  const all = data.items.length
  if (done === all) return null
  return (
    <Panel
      title={t('first_steps.title')}
      note={t('first_steps.note')}
      extra={
        <span className="secondary">
          {t('first_steps.done_of', { done: String(done), all: String(all) })}
        </span>
      }
    >
      <ol className={css.steps}>
        {data.items.map((each) => (
          <Line key={each.step} step={each} />
        ))}
      </ol>
    </Panel>
  )
}

function Line({ step: { step, done, lacks } }: { step: Step }) {
  const { t } = useTranslation()
  const page = PAGE_OF[step]
  const table = IMPORT_OF[step]
  const name = t(`first_steps.name.${step}`)
  const roles = lacks.map((each) => t(`role.${each}`)).join(t('first_steps.and'))
  return (
    <li className={css.step}>
      {done ? (
        <CheckCircleFilled className={css.done} aria-label={t('first_steps.done')} />
      ) : (
        <MinusCircleOutlined className="secondary" aria-label={t('first_steps.open')} />
      )}
      {page ? <Link to={page}>{name}</Link> : <b>{name}</b>}
      {!done && (
        <span className="secondary">
          {roles ? t('first_steps.lacks', { roles }) : t(`first_steps.how.${step}`)}{' '}
          {table && <Link to={table}>{t('first_steps.import')}</Link>}
        </span>
      )}
    </li>
  )
}
