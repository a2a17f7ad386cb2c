/** 申请阅片: which study of which patient, how pressing, and what the question is. */
import { useQuery } from '@tanstack/react-query'
import { Input, Radio, Select } from 'antd'
import { type Dispatch, type SetStateAction, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { usePeopleWords } from '../../kit/people'
import { useAct } from '../../kit/useAct'
import { type Study, studiesOfPatientQuery, studyQuery } from '../studies/checkQueries'
import { PatientPicker } from '../studies/PatientPicker'
import { useStudyWords } from '../studies/studyWords'
import { BranchReportFields } from './BranchReportFields'
import { isEmpty, isWhole, nothing, sent, type Typed } from './branchReport'
import { partOf, sideOf } from './part'
import { request } from './queries'
import css from './reading.module.css'
import { PARTS_OF_BODY } from './words'

const URGENCIES = ['stat', 'urgent', 'routine'] as const
const SIDES = ['none', 'left', 'right', 'both'] as const
type Wanted = Omit<Schemas['ReadingIn'], 'study_id' | 'hub_id' | 'branch_report'>
const PURPOSES = ['primary', 'over_read'] as const
const EMPTY: Wanted = {
  ...{ urgency: 'routine', part: 'chest', side: 'none', question: '', history: '' },
  purpose: 'primary',
}

/** `study`: the id of the study to begin with, or "new". */
export function AskDialog({ study, onClose }: { study: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { actor, hospitals } = useSession()
  const words = useStudyWords()
  const known = useQuery({ ...studyQuery(study), enabled: study !== 'new' })
  const [patient, setPatient] = useState<Schemas['PatientOut'] | null>(null)
  const whose = patient ?? known.data?.patient ?? null
  const held = useQuery({ ...studiesOfPatientQuery(whose?.id ?? ''), enabled: whose !== null })
  const studies = held.data ?? []
  const [picked, setPicked] = useState<string | null>(null)
  const chosen = studies.find(({ id }) => id === (picked ?? study)) ?? only(studies)
  const hubs = hospitals.filter(({ kind }) => kind === 'hub')
  const [hub, setHub] = useState(hubs[0]?.id ?? '')
  const [said, setSaid] = useState<Partial<Wanted>>({})
  const [typed, setTyped] = useState(() => nothing(actor.name))
  const wanted: Wanted = { ...EMPTY, ...guessed(chosen), ...said }
  const theirs = wanted.purpose === 'over_read' ? typed : null
  const half = theirs !== null && !isEmpty(theirs) && !isWhole(theirs)
  const send = useAct({
    run: async () => {
      const branch_report = theirs && !isEmpty(theirs) ? await sent(theirs) : null
      return request({ ...wanted, study_id: chosen?.id ?? '', hub_id: hub, branch_report })
    },
    changes: { reading: '*' },
    done: t('reading.asked'),
    onDone: onClose,
  })
  const ready = chosen && hub && wanted.question.trim()
  const lacks = half ? t('reading.branch_report.missing') : t('reading.ask_missing')
  return (
    <Dialog
      title={t('reading.ask_title')}
      confirm={t('reading.ask_send')}
      busy={send.isPending}
      refusal={ready && !half ? null : lacks}
      onConfirm={() => send.mutate()}
      onClose={onClose}
    >
      <PatientPicker patient={whose} onChoose={setPatient} />
      <Field label={t('reading.ask_study')} required>
        {(ids) => (
          <Select
            {...ids}
            value={chosen?.id ?? null}
            disabled={studies.length === 0}
            placeholder={t(whose ? 'reading.ask_none' : 'reading.ask_pick')}
            options={studies.map((one) => ({
              value: one.id,
              label: `${words.title(one)} ${words.taken(one)}`,
            }))}
            onChange={setPicked}
          />
        )}
      </Field>
      {whose && held.data?.length === 0 && <p className="late small">{t('reading.ask_none')}</p>}
      <HubField hubs={hubs} value={hub} onChange={setHub} />
      <WantedFields wanted={wanted} onSet={(some) => setSaid((old) => ({ ...old, ...some }))} />
      {theirs && <TheirsFields typed={theirs} onType={setTyped} />}
    </Dialog>
  )
}

type HubProps = { hubs: { id: string }[]; value: string; onChange: (id: string) => void }

/** Where there is one hub nothing is asked. */
function HubField({ hubs, value, onChange }: HubProps) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  if (hubs.length < 2) return null
  return (
    <Field label={t('reading.ask_hub')} required>
      {(ids) => (
        <Select
          {...ids}
          value={value}
          options={hubs.map(({ id }) => ({ value: id, label: hospital(id) }))}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

type TheirsProps = { typed: Typed; onType: Dispatch<SetStateAction<Typed>> }

function TheirsFields({ typed, onType }: TheirsProps) {
  const { t } = useTranslation()
  return (
    <>
      <p className="secondary">{t('reading.branch_report.later')}</p>
      <BranchReportFields typed={typed} onType={(some) => onType((old) => ({ ...old, ...some }))} />
    </>
  )
}

type WantedProps = { wanted: Wanted; onSet: (some: Partial<Wanted>) => void }

function WantedFields({ wanted, onSet }: WantedProps) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('reading.ask_purpose')} required>
        {({ id }) => (
          <Radio.Group
            id={id}
            value={wanted.purpose}
            options={PURPOSES.map((value) => ({ value, label: t(`reading.ask_for.${value}`) }))}
            onChange={(event) => onSet({ purpose: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('reading.ask_urgency')} required>
        {({ id }) => (
          <Radio.Group
            id={id}
            value={wanted.urgency}
            options={URGENCIES.map((value) => ({ value, label: t(`reading.ask_due.${value}`) }))}
            onChange={(event) => onSet({ urgency: event.target.value })}
          />
        )}
      </Field>
      <div className={css.two}>
        <Field label={t('reading.ask_part')} required>
          {(ids) => (
            <Select
              {...ids}
              value={wanted.part}
              options={PARTS_OF_BODY.map((value) => ({ value, label: t(`reading.part.${value}`) }))}
              onChange={(value) => onSet({ part: value })}
            />
          )}
        </Field>
        <Field label={t('reading.ask_side')}>
          {(ids) => (
            <Select
              {...ids}
              value={wanted.side ?? 'none'}
              options={SIDES.map((value) => ({ value, label: t(`reading.side.${value}`) }))}
              onChange={(value) => onSet({ side: value })}
            />
          )}
        </Field>
      </div>
      <Field label={t('reading.question')} required>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={2}
            maxLength={500}
            value={wanted.question}
            onChange={(event) => onSet({ question: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('reading.history')} hint={t('reading.history_hint')}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={3}
            maxLength={2000}
            value={wanted.history ?? ''}
            onChange={(event) => onSet({ history: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

const only = (studies: readonly Study[]) => (studies.length === 1 ? studies[0] : undefined)

/** What the study's own name says. */
function guessed(study: Study | undefined): Partial<Wanted> {
  const part = partOf(study?.description ?? '')
  return study ? { side: sideOf(study.description), ...(part ? { part } : {}) } : {}
}
