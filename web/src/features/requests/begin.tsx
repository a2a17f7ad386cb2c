/** Begins a request: choose the patient by number, by name or by hand, or continue a draft. */
import { PhoneOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { Schemas } from '../../api/client'
import { body, client } from '../../api/client'
import { serverNow } from '../../api/clock'
import { queryClient } from '../../api/queries'
import { useRole } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { NAMELESS } from '../../kit/names'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { usePatientWords } from '../../kit/patient'
import { PanelSkeleton } from '../../kit/Skeletons'
import type { Urgency } from '../../kit/types'
import { UrgencyTag } from '../../kit/UrgencyTag'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import list from './begin.module.css'
import { type Admitted, filledFrom } from './fill'
import { NumberField } from './NumberField'
import { PatientDialog } from './PatientDialog'
import { PatientFind } from './PatientFind'
import { begin, openRequestsQuery, requestQuery, save } from './queries'
import css from './requests.module.css'
import { UrgencyCards } from './UrgencyPart'

type First = { patientId?: string; found?: Admitted }

export function Component() {
  const { t } = useTranslation()
  const may = useRole('requesting_doctor')
  return may ? (
    <Begin />
  ) : (
    <EmptyState
      title={t('requests.only_requesting')}
      hint={t('requests.only_requesting_hint')}
      action={<Link to={paths.home()}>{t('state.back')}</Link>}
    />
  )
}

function Begin() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [urgency, setUrgency] = useState<Urgency>('routine')
  const [byHand, setByHand] = useState(false)
  const [number, setNumber] = useState('')
  const start = useAct({
    run: async ({ patientId, found }: First, key: string) => {
      const patient_id = found?.patient.id ?? patientId ?? null
      const row = await begin({ urgency, patient_id }, key)
      return found ? save(row, { content: filledFrom(found, row).change.content ?? {} }) : row
    },
    changes: { request: '*' },
    onDone: (row) => {
      queryClient.setQueryData(requestQuery(row.id).queryKey, row)
      void navigate(paths.request(row.id))
    },
  })
  return (
    <>
      <PageHead title={t('requests.title')} />
      <div className={css.begin}>
        <Panel title={t('requests.begin.title')}>
          <div className={css.stack}>
            <UrgencyCards value={urgency} onChange={setUrgency} />
            <NumberField
              large
              disabled={start.isPending}
              onType={setNumber}
              onFound={(found) => start.mutate({ found })}
            />
            <PatientFind onChoose={(patient) => start.mutate({ patientId: patient.id })} />
            <div className={css.row}>
              <Button onClick={() => setByHand(true)}>{t('requests.begin.by_hand')}</Button>
              <Button loading={start.isPending} onClick={() => start.mutate({})}>
                {t('requests.begin.blank')}
              </Button>
              <Nameless />
            </div>
          </div>
        </Panel>
        <Panel title={t('requests.begin.open')}>
          <Loaded
            query={openRequestsQuery()}
            what={t('requests.what.list')}
            skeleton={<PanelSkeleton rows={4} />}
          >
            {(items) =>
              items.length === 0 ? (
                <EmptyState
                  title={t('requests.begin.open_none')}
                  hint={t('requests.begin.open_none_hint')}
                />
              ) : (
                <OpenOnes items={items} />
              )
            }
          </Loaded>
        </Panel>
      </div>
      {byHand && (
        <PatientDialog
          patient={null}
          number={number}
          onClose={() => setByHand(false)}
          onKept={async (patient) => {
            setByHand(false)
            await start.mutateAsync({ patientId: patient.id })
          }}
        />
      )}
    </>
  )
}

/** For an unknown patient (无名氏): the name comes later. */
function Nameless() {
  const { t } = useTranslation()
  const { time } = useFormat()
  const navigate = useNavigate()
  const nameless = useAct({
    run: async (_: undefined, key: string) => {
      const at = time(new Date(serverNow()).toISOString())
      const patient = await body(
        client.POST('/api/patients', {
          headers: { 'Idempotency-Key': `${key}-patient` },
          body: {
            name: `${NAMELESS} ${at}`,
            sex: 'unknown',
            temporary: true,
          } as Schemas['PatientIn'],
        }),
      )
      return begin({ urgency: 'stat', patient_id: patient.id }, key)
    },
    changes: { request: '*' },
    onDone: (row) => void navigate(paths.request(row.id)),
  })
  return (
    <Button
      danger
      icon={<PhoneOutlined aria-hidden />}
      loading={nameless.isPending}
      onClick={() => nameless.mutate(undefined)}
    >
      {t('requests.begin.nameless')}
    </Button>
  )
}

function OpenOnes({ items }: { items: Schemas['RequestRow'][] }) {
  const { t } = useTranslation()
  const { name } = usePatientWords()
  const { moment } = useFormat()
  return (
    <ul className={list.open}>
      {items.map((row) => {
        const who =
          name({ name: row.patient_name, pinyin: row.patient_pinyin }) ||
          t('requests.begin.no_patient')
        return (
          <li key={row.id}>
            <Link to={paths.request(row.id)}>
              <UrgencyTag urgency={row.urgency} narrow />
              <b>{who}</b>
              <span className={`${list.grow} ${css.grow}`}>
                {row.title || t('requests.begin.untitled')}
              </span>
              {row.state === 'returned' && (
                <Pill tone="urgent">{t('requests.begin.returned')}</Pill>
              )}
              <span className="secondary small">
                {t('requests.begin.updated', { at: moment(row.updated_at) })}
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
