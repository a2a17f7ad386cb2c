/** 影像诊断 on a case page: what the hub's radiologists were asked because of the consultation, and how far it has come. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { body, client, type Schemas } from '../../api/client'
import { withWords } from '../../i18n'
import { useFormat } from '../../i18n/format'
import { paths } from '../../paths'
import { WORDS } from './deskWords'
import css from './ofConsultation.module.css'

type One = Schemas['OfConsultation']

const AskDialog = lazy(async () => withWords(WORDS, import('./AskInConsultation')))

const ofConsultationQuery = (id: string) =>
  queryOptions({
    queryKey: ['consultation_readings', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/consultations/{id}/readings', { params: { path: { id } }, signal })),
  })

/** The default: a case page loads it by itself. */
export default function OfConsultation({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(ofConsultationQuery(id))
  const [asking, setAsking] = useState(false)
  if (!data || (data.items.length === 0 && data.studies.length === 0)) return null
  return (
    <section className={css.readings} aria-label={t('readings_of.title')}>
      {data.items.length > 0 && <h3>{t('readings_of.title')}</h3>}
      <ul>
        {data.items.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </ul>
      {data.studies.length > 0 && (
        <Button size="small" onClick={() => setAsking(true)}>
          {t('readings_of.ask')}…
        </Button>
      )}
      {asking && (
        <Suspense fallback={null}>
          <AskDialog consultation={id} from={data} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </section>
  )
}

function Line({ one }: { one: One }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const name = [one.modality, one.examination].filter(Boolean).join(' ')
  const open = one.may_open && t(one.issued_at ? 'readings_of.report' : 'readings_of.open')
  return (
    <li>
      <b>{name}</b>
      <span>{t(`readings_of.state.${one.state}`)}</span>
      <span className="secondary small">
        {one.issued_at && moment(one.issued_at)}
        {!one.issued_at && one.waits_for_images && t('readings_of.waits')}
        {!one.issued_at && one.due_at && t('readings_of.due', { at: moment(one.due_at) })}
      </span>
      {open && (
        <Link className="target" to={paths.reading(one.id)} aria-label={`${open} ${name}`}>
          {open}
        </Link>
      )}
    </li>
  )
}
