/** 编辑人员: one person in a drawer; or a new one, whose hospital may be a branch that has no administrator yet. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../api/problem'
import { useSession } from '../../api/session'
import { Drawer } from '../../kit/Drawer'
import { Leaving } from '../../kit/Leaving'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { useProblemText } from '../../kit/problemText'
import { SignaturePicture } from '../../kit/SignaturePicture'
import { Duty } from './Duty'
import { changedFields, draftOf, EMPTY, FIRST, type FieldName, given, missing } from './draft'
import { HandOver } from './HandOver'
import { History } from './History'
import { Proposals } from './Proposals'
import { hospitalsQuery, type Person, personQuery, useSavePerson } from './queries'
import { Registrations } from './Registrations'
import { type Errors, StaffForm } from './StaffForm'
import css from './staff.module.css'
import { needsLicence, useStaffWords } from './words'

const WIDTH = 520

type Props = {
  id: string
  /** Of a new person: the branch whose first administrator they will be. */
  at: string | null
  onClose: () => void
}

export function StaffDrawer({ id, at, onClose }: Props) {
  const { t } = useTranslation()
  if (id === 'new') return <Editing person={null} at={at} onClose={onClose} />
  return (
    <Loaded
      query={personQuery(id)}
      what={t('staff.edit')}
      skeleton={<span />}
      failed={(said) => (
        <Drawer open title={t('staff.edit')} width={WIDTH} onClose={onClose}>
          {said}
        </Drawer>
      )}
    >
      {(person) => <Editing person={person} at={null} onClose={onClose} />}
    </Loaded>
  )
}

/** What is typed lies over what is kept; a colleague's change in between arrives under it. */
function useEditing(person: Person | null, at: string | null, onClose: () => void) {
  const { t } = useTranslation()
  const text = useProblemText()
  const queries = useQueryClient()
  const { actor } = useSession()
  const [before, setBefore] = useState(() => (person ? draftOf(person) : EMPTY))
  // A branch's first administrator begins with the role filled in.
  const start = person || !at ? before : FIRST
  const [draft, setDraft] = useState(start)
  const home = person?.hospital_id ?? at ?? actor.hospital_id
  const [hospital, setHospital] = useState(home)
  const [read, setRead] = useState(person?.version)
  if (person && person.version !== read) {
    const mine = changedFields(before, draft)
    const theirs = draftOf(person)
    setRead(person.version)
    setBefore(theirs)
    setDraft({ ...theirs, ...Object.fromEntries(mine.map((name) => [name, draft[name]])) })
  }
  const [errors, setErrors] = useState<Errors>({})
  const [stale, setStale] = useState(false)
  const failed = ({ status, extra }: Problem, problem: Problem) => {
    if (status === 412 && person) {
      void queries
        .fetchQuery({ ...personQuery(person.id), staleTime: 0 })
        .then(() => setStale(true))
      return true
    }
    const fields = (extra.fields ?? []) as FieldName[]
    setErrors(Object.fromEntries(fields.map((name) => [name, text(problem)])))
    return fields.length > 0
  }
  const save = useSavePerson(person, {
    onDone: onClose,
    onProblem: (problem) => failed(problem, problem),
  })
  const submit = () => {
    const lacking = missing(draft)
    setErrors(Object.fromEntries(lacking.map((name) => [name, t('form.required')])))
    if (lacking.length === 0) save.mutate({ ...given(before, draft), hospital_id: hospital })
  }
  const changed = changedFields(before, draft).length > 0
  const typed = changedFields(start, draft).length > 0 || hospital !== home
  const unsaved = typed && !save.isPending && !save.isSuccess
  return { draft, setDraft, hospital, setHospital, errors, stale, save, submit, changed, unsaved }
}

type EditingProps = { person: Person | null; at: string | null; onClose: () => void }

function Editing({ person, at, onClose }: EditingProps) {
  const { t } = useTranslation()
  const words = useStaffWords()
  const edit = useEditing(person, at, onClose)
  const [history, setHistory] = useState(false)
  const [registering, setRegistering] = useState(false)
  const mine = !person || person.may_edit
  const { data } = useQuery(hospitalsQuery())
  // A hospital without an administrator is given its first one from the hub.
  const first = !person ? (data?.items ?? []).filter((one) => !one.administrators) : []
  return (
    <Drawer
      open
      width={WIDTH}
      title={<Title person={person} mine={mine} history={history} onHistory={setHistory} />}
      onClose={onClose}
      foot={
        <div className={css.foot}>
          {person && mine && <HandOver person={person} onDone={onClose} />}
          <span className="push" />
          <Button onClick={onClose}>{t(mine ? 'staff.cancel' : 'staff.close')}</Button>
          {mine && (
            <Button
              type="primary"
              loading={edit.save.isPending}
              disabled={!edit.changed}
              onClick={edit.submit}
            >
              {t('staff.save')}
            </Button>
          )}
        </div>
      }
    >
      {history && person && <History of={person.id} />}
      <div className={css.form} style={history ? { display: 'none' } : {}}>
        {!mine && person && (
          <Notice>
            {person.may_issue
              ? t('staff.first_issue')
              : t('staff.read_only', { hospital: words.hospital(person.hospital_id) })}
          </Notice>
        )}
        {edit.stale && <Notice tone="urgent">{t('staff.stale')}</Notice>}
        <StaffForm
          draft={edit.draft}
          onChange={(change) => edit.setDraft({ ...edit.draft, ...change })}
          errors={edit.errors}
          readOnly={!mine}
          own={person?.id}
          hospital={edit.hospital}
          others={first}
          onHospital={edit.setHospital}
        />
        {person && <Parts person={person} mine={mine} onRegistering={setRegistering} />}
      </div>
      <Leaving unsaved={edit.unsaved || registering} />
    </Drawer>
  )
}

type TitleProps = {
  person: Person | null
  mine: boolean
  history: boolean
  onHistory: (shown: boolean) => void
}

/** Whom it is about, and the way to what was changed of them: their own hospital's to read. */
function Title({ person, mine, history, onHistory }: TitleProps) {
  const { t } = useTranslation()
  const words = useStaffWords()
  return (
    <span className={css.title}>
      {t(person ? (mine ? 'staff.edit' : 'staff.view') : 'staff.create')}
      {person && (
        <span className="secondary">
          {words.named(person)} · {t('staff.number_of', { number: person.number })}
        </span>
      )}
      {person && mine && (
        <Button type="link" onClick={() => onHistory(!history)}>
          {t(history ? 'staff.history.back' : 'staff.history.title')}
        </Button>
      )}
    </span>
  )
}

type PartsProps = {
  person: Person
  mine: boolean
  onRegistering: (unsaved: boolean) => void
}

/** What is kept of a person beside the fields of their form. */
function Parts({ person, mine, onRegistering }: PartsProps) {
  const { t } = useTranslation()
  return (
    <>
      {needsLicence(person) && (
        <section className={css.part} aria-label={t('staff.signature.title')}>
          <h3>{t('staff.signature.title')}</h3>
          <SignaturePicture staffId={person.id} fileId={person.signature_id} mayChange={mine} />
        </section>
      )}
      <Proposals person={person} />
      <Registrations person={person} onUnsaved={onRegistering} />
      <Duty person={person} />
    </>
  )
}
