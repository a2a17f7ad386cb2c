/** For the medical office: how often their hospital's patients were read today, each number leading to who did. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { body, client } from '../../api/client'
import { Panel } from '../../kit/Panel'
import { paths } from '../../paths'
import css from './home.module.css'

const readsTodayQuery = () =>
  queryOptions({
    queryKey: ['home', 'reads-today'],
    queryFn: ({ signal }) => body(client.GET('/api/audit/today', { signal })),
  })

export default function ReadsToday() {
  const { t } = useTranslation()
  const { data } = useQuery(readsTodayQuery())
  if (!data) return null
  const { day } = data
  const counts = [
    ['reads', data.reads, { day }],
    ['of_other_hospitals', data.of_other_hospitals, { day }],
    ['outside_department', data.outside_department, { day, purpose: 'outside_department' }],
    ['break_glass', data.break_glass, { day, purpose: 'break_glass' }],
    ['refused', data.refused, { day }],
  ] as const
  return (
    <Panel title={t('reads_today.title')} note={t('reads_today.note')}>
      <ul className={`${css.counts} ${css.five}`}>
        {counts.map(([name, n, of]) => (
          <li key={name}>
            <Link to={paths.audit(of)}>
              <b className={name === 'break_glass' && n > 0 ? 'late' : undefined}>{n}</b>
              {t(`reads_today.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
