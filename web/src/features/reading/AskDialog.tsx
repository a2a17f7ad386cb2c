/** 申请阅片: which study of which patient, how pressing, and what the question is. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
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
import { forAnother, type Part, type Wanted, WantedFields } from './AskFields'
import { BranchReportFields } from './BranchReportFields'
import { isEmpty, isWhole, nothing, sent, type Typed } from './branchReport'
import { OtherSide } from './Preview'
import { partOf, sideOf } from './part'
import { request } from './queries'

const EMPTY: Wanted = {
  ...{ urgency: 'routine', part: null, side: 'none', question: '', history: '' },
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
    run: async (part: Part) => {
      const branch_report = theirs && !isEmpty(theirs) ? await sent(theirs) : null
      return request({ ...wanted, part, study_id: chosen?.id ?? '', hub_id: hub, branch_report })
    },
    changes: { reading: '*' },
    done: t('reading.asked'),
    onDone: onClose,
  })
  const refusal = () => {
    if (!chosen || !hub || !wanted.question.trim()) return t('reading.ask_missing')
    if (!wanted.part) return t('reading.ask_part_missing')
    return half ? t('reading.branch_report.missing') : null
  }
  return (
    <Dialog
      title={t('reading.ask_title')}
      confirm={t('reading.ask_send')}
      busy={send.isPending}
      refusal={refusal()}
      onConfirm={() => wanted.part && send.mutate(wanted.part)}
      onClose={onClose}
    >
      <PatientPicker
        patient={whose}
        onChoose={(one) => {
          setPatient(one)
          setPicked(null)
          setSaid(forAnother)
        }}
      />
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
            onChange={(id) => {
              setPicked(id)
              setSaid(forAnother)
            }}
          />
        )}
      </Field>
      {whose && held.data?.length === 0 && <p className="late small">{t('reading.ask_none')}</p>}
      <HubField hubs={hubs} value={hub} onChange={setHub} />
      <WantedFields wanted={wanted} onSet={(some) => setSaid((old) => ({ ...old, ...some }))} />
      {chosen && <OtherSide side={wanted.side ?? 'none'} laterality={chosen.laterality} />}
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

const only = (studies: readonly Study[]) => (studies.length === 1 ? studies[0] : undefined)

/** What the study's own name says. */
function guessed(study: Study | undefined): Partial<Wanted> {
  const part = partOf(study?.description ?? '')
  return study ? { side: sideOf(study), ...(part ? { part } : {}) } : {}
}
