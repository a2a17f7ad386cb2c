/** For a radiologist of a hub: their unfinished readings, how long their reports took, and for the desk's heads how often
 *  one was taken over or claimed out of order. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { body, client, type Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Panel } from '../../kit/Panel'
import { paths } from '../../paths'
import css from './home.module.css'

type Turnaround = Schemas['Turnaround']
type DeskClaims = Schemas['DeskClaims']

const figuresQuery = () =>
  queryOptions({
    queryKey: ['home', 'reading-figures'],
    queryFn: ({ signal }) => body(client.GET('/api/reading-figures', { signal })),
  })

export default function MyReading() {
  const { t } = useTranslation()
  const { data } = useQuery(figuresQuery())
  if (!data) return null
  const { turnaround, desk } = data
  return (
    <Panel title={t('my_reading.title')} note={t('my_reading.note')}>
      <ul className={`${css.counts} ${css.three}`}>
        <li>
          <Link to={`${paths.readings()}?show=mine`}>
            <b>{data.to_write}</b>
            {t('my_reading.to_write')}
          </Link>
        </li>
        <li>
          <b>{data.in_review}</b>
          {t('my_reading.in_review')}
        </li>
        <li>
          <b>{data.issued}</b>
          {t('my_reading.issued')}
        </li>
      </ul>
      {turnaround ? (
        <Took of={turnaround} />
      ) : (
        <p className="secondary small">{t('my_reading.too_few')}</p>
      )}
      {desk && <Claims of={desk} />}
    </Panel>
  )
}

/** A share is told with what it is a share of. */
function Took({ of: { reports, median, ninetieth, in_time } }: { of: Turnaround }) {
  const { t } = useTranslation()
  const { duration } = useFormat()
  return (
    <p>
      {t('my_reading.took', {
        median: duration(median * 1000),
        ninetieth: duration(ninetieth * 1000),
      })}{' '}
      <span className="secondary">
        {t('my_reading.in_time', {
          share: String(Math.floor((in_time / reports) * 100)),
          in_time: String(in_time),
          reports: String(reports),
        })}
      </span>
    </p>
  )
}

function Claims({ of: { claims, taken_over, out_of_order } }: { of: DeskClaims }) {
  const { t } = useTranslation()
  return (
    <p className="secondary">
      {t('my_reading.desk', {
        taken_over: String(taken_over),
        out_of_order: String(out_of_order),
        claims: String(claims),
      })}
    </p>
  )
}
