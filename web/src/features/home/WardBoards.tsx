/** The boards of the wards of one's hospital that are visited, each with its next round. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { Panel } from '../../kit/Panel'
import { usePeopleWords } from '../../kit/people'
import { paths } from '../../paths'
import css from './home.module.css'
import { roundsAheadQuery } from './queries'

type Row = Schemas['RoundRow']
const MOST = 4

export default function WardBoards() {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { named } = usePeopleWords()
  const { moment } = useFormat()
  const { data } = useQuery(roundsAheadQuery())
  const wards = firstOfEach(data?.items ?? [], actor.hospital_id)
  if (wards.length === 0) return null
  return (
    <Panel title={t('ward_boards.title')}>
      <ul>
        {wards.slice(0, MOST).map((row) => (
          <li key={row.ward_id} className={css.way}>
            <Link className="target" to={paths.wardBoard(row.ward_id)}>
              {named({ name: row.ward, name_en: row.ward_en })}
            </Link>
            <span className="secondary">
              {t('ward_boards.round', {
                at: moment(row.starts_at),
                lead: row.lead ? named(row.lead) : '—',
              })}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function firstOfEach(rows: Row[], hospital: string): Row[] {
  const wards = new Map<string, Row>()
  for (const row of rows)
    if (row.branch_id === hospital && row.state !== 'cancelled' && !wards.has(row.ward_id))
      wards.set(row.ward_id, row)
  return [...wards.values()]
}
