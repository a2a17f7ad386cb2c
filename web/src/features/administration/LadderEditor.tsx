/** A ladder being edited: its table, each rung as a sentence beside it, and from when it holds. */
import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch } from '../../api/client'
import { Field } from '../../kit/Field'
import { Notice } from '../../kit/Notice'
import { useAct } from '../../kit/useAct'
import { fromField } from '../../zone'
import css from './administration.module.css'
import {
  added,
  type Chosen,
  differs,
  type Row,
  type RungSet,
  rowsOf,
  rungsOf,
  type Shape,
} from './ladder'
import { useKnown } from './ladderWords'
import { RungTable } from './RungTable'

type Fault = { n: number | null; reason: string }
const isFault = (value: unknown): value is Fault =>
  typeof value === 'object' && value !== null && 'n' in value && 'reason' in value

type Props = {
  chosen: Chosen
  shape: Shape
  version: number
  /** What it begins from: its own rungs, or those that hold in their place. */
  from: RungSet | undefined
  isOwn: boolean
  onClose: () => void
}

export function LadderEditor({ chosen, shape, version, from, isOwn, onClose }: Props) {
  const { t } = useTranslation()
  // What was read at first stays under the hands, whatever others save meanwhile.
  const [before] = useState(from)
  const [rows, setRows] = useState<Row[]>(() => rowsOf(from?.rungs ?? []))
  const [later, setLater] = useState<string | null>(null)
  const [faults, setFaults] = useState<Fault[]>([])
  const [clashed, setClashed] = useState(false)
  const [read, setRead] = useState(version)
  const change = (next: Row[]) => {
    setRows(next)
    setFaults([])
  }
  const save = useSave(chosen, read, onClose, setFaults, setClashed)
  if (version !== read && !save.isPending) {
    // Somebody else saved: only once that is said may what was typed take its place.
    setRead(version)
    setClashed(true)
  }
  const validFrom = later === null ? null : fromField(later)
  const ready = (differs(rows, before) || !isOwn) && (later === null || validFrom !== null)
  return (
    <div className={css.editor}>
      {clashed && <Notice tone="urgent">{t('ladders.changed_meanwhile')}</Notice>}
      <RungTable rows={rows} shape={shape} faults={faults} onChange={change} />
      {!shape.only_lasts && <Adding rows={rows} shape={shape} onChange={change} />}
      <Faults faults={faults.filter(({ n }) => n === null)} />
      <From later={later} onLater={setLater} />
      <div className={css.acts}>
        <Button
          type="primary"
          disabled={!ready}
          loading={save.isPending}
          onClick={() => save.mutate({ rows, validFrom })}
        >
          {t('ladders.save')}
        </Button>
        <Button onClick={onClose}>{t('ladders.cancel')}</Button>
      </div>
    </div>
  )
}

type AddingProps = { rows: readonly Row[]; shape: Shape; onChange: (rows: Row[]) => void }

function Adding({ rows, shape, onChange }: AddingProps) {
  const { t } = useTranslation()
  return (
    <div className={css.acts}>
      {!shape.until_taken && (
        <Button
          icon={<PlusOutlined aria-hidden />}
          onClick={() => onChange(added(rows, 'before', shape))}
        >
          {t('ladders.add_before')}
        </Button>
      )}
      <Button
        icon={<PlusOutlined aria-hidden />}
        onClick={() => onChange(added(rows, 'after', shape))}
      >
        {t('ladders.add_after')}
      </Button>
    </div>
  )
}

function useSave(
  { owner, urgency, ladder }: Chosen,
  version: number,
  onDone: () => void,
  onFaults: (faults: Fault[]) => void,
  onClash: (clashed: boolean) => void,
) {
  const { t } = useTranslation()
  return useAct({
    run: ({ rows, validFrom }: { rows: Row[]; validFrom: string | null }) =>
      body(
        client.PUT('/api/admin/ladders/{ladder}', {
          params: { path: { ladder }, header: ifMatch(version) },
          body: {
            hospital_id: owner.hospital_id,
            agreement_id: owner.agreement_id,
            urgency,
            valid_from: validFrom,
            rungs: rungsOf(rows),
          },
        }),
      ),
    changes: { ladder: '*' },
    done: t('ladders.saved'),
    onDone,
    onProblem: ({ status, extra }) => {
      onClash(status === 412)
      const found = Array.isArray(extra.faults) ? extra.faults.filter(isFault) : []
      onFaults(found)
      return found.length > 0
    },
  })
}

function Faults({ faults }: { faults: Fault[] }) {
  const { t } = useTranslation()
  const known = useKnown()
  if (faults.length === 0) return null
  return (
    <Notice tone="urgent">
      {t('ladders.wrong')}
      <ul>
        {faults.map(({ reason }) => (
          <li key={reason}>{known(`ladders.fault.${reason}`, 'admin_problem.ladder_wrong')}</li>
        ))}
      </ul>
    </Notice>
  )
}

type FromProps = { later: string | null; onLater: (later: string | null) => void }

function From({ later, onLater }: FromProps) {
  const { t } = useTranslation()
  return (
    <div className={css.from}>
      <b>{t('ladders.from')}</b>
      <Radio.Group
        aria-label={t('ladders.from')}
        value={later === null ? 'now' : 'later'}
        onChange={({ target }) => onLater(target.value === 'now' ? null : '')}
        options={[
          { value: 'now', label: t('ladders.from_now') },
          { value: 'later', label: t('ladders.from_later') },
        ]}
      />
      {later !== null && (
        <Field label={t('ladders.from')} hint={t('ladders.from_zone')}>
          {(ids) => (
            <Input
              {...ids}
              type="datetime-local"
              value={later}
              onChange={({ target }) => onLater(target.value)}
            />
          )}
        </Field>
      )}
    </div>
  )
}
