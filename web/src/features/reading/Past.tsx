/** Beside the images, when asked for: what the hospital system says of the patient, and the reading's history. */
import { queryOptions } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import { withWords } from '../../i18n'
import { useFormat } from '../../i18n/format'
import { MORE, REQUESTS } from '../../i18n/words'
import { Loaded } from '../../kit/Loaded'
import { usePeopleWords } from '../../kit/people'
import { Bar } from '../../kit/Skeletons'
import css from './past.module.css'
import type { Reading } from './queries'

type Act = Schemas['PastAct']

const Chart = lazy(() => withWords(MORE, withWords(REQUESTS, import('../../consultation/Chart'))))

/** Under the reading's key, so that it is read again when the reading changes. */
const pastQuery = (id: string) =>
  queryOptions({
    queryKey: ['reading', id, 'history'],
    queryFn: ({ signal }) =>
      body(client.GET('/api/readings/{id}/history', { params: { path: { id } }, signal })),
  })

export function Latest({ reading: { patient, study } }: { reading: Reading }) {
  const { t } = useTranslation()
  return (
    <Opened title={t('reading_past.latest')}>
      <Suspense fallback={<Bar height={120} />}>
        <Chart patient={patient.id} branch={study.hospital_id} />
      </Suspense>
    </Opened>
  )
}

export function Past({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <Opened title={t('reading_past.title')}>
      <Loaded query={pastQuery(id)} what={t('reading_past.title')} skeleton={<Bar height={60} />}>
        {({ items }) => (
          <ol className={css.past}>
            {items.map((each) => (
              <One key={`${each.at}/${each.kind}`} act={each} />
            ))}
          </ol>
        )}
      </Loaded>
    </Opened>
  )
}

function One({ act }: { act: Act }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { named, hospital } = usePeopleWords()
  const who = act.by
    ? `${named({ name: act.by, name_en: act.by_en })} ${hospital(act.hospital_id)}`
    : t('reading_past.system')
  const why = [
    act.before &&
      t('reading_past.from', { who: named({ name: act.before, name_en: act.before_en }) }),
    act.code && t(`reading.code.${act.code}`),
    act.grade && t(`reading.grade.${act.grade}`),
    act.reason,
  ].filter(Boolean)
  return (
    <li>
      <b>{t(`reading_past.of.${act.kind}`)}</b>{' '}
      <span className="secondary small">
        {who} {moment(act.at)}
      </span>
      {why.length > 0 && <p>{why.join(' · ')}</p>}
    </li>
  )
}

/** Read when it is opened, and not before. */
function Opened({ title, children }: { title: string; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <details className={css.opened} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {open && children}
    </details>
  )
}
