/** The studies of the request: ticked from those we have, sent now, or asked of the radiographer. */
import { CloseOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, idempotent, type Schemas } from '../../api/client'
import { serverNow } from '../../api/clock'
import { useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { Pill } from '../../kit/Pill'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import { whose } from '../studies/upload/Others'
import { useDraft } from './draft'
import type { NamedStudy } from './form'
import { Part } from './Part'
import papers from './papers.module.css'
import css from './requests.module.css'
import { fieldId } from './sections'

const Upload = lazy(async () => ({ default: (await import('../studies/upload/Upload')).Upload }))
type Held = Schemas['RequestStudy']
const PRIOR_MS = 7 * 24 * 60 * 60_000
type Open = 'upload' | 'radiographer' | null

export function ImagesPart() {
  const { t } = useTranslation()
  const { row, set, fixed } = useDraft()
  const [open, setOpen] = useState<Open>(null)
  const named = row.content.studies ?? []
  const uids = new Set(named.flatMap(({ uid }) => uid ?? []))
  const held = new Set(row.studies.map(({ study_uid }) => study_uid))
  const elsewhere = named.filter(({ uid }) => !uid || !held.has(uid))
  const put = (studies: NamedStudy[]) =>
    set(
      {
        content: {
          studies,
          images_from_radiographer: studies.some(({ uid }) => !uid),
          ...(studies.length > 0 ? { no_images: false } : {}),
        },
      },
      true,
    )
  const toggle = (study: Held) =>
    put(
      uids.has(study.study_uid)
        ? named.filter(({ uid }) => uid !== study.study_uid)
        : [
            ...named,
            {
              uid: study.study_uid,
              description: study.description,
              taken_at: study.taken_at,
              taken_along: false,
            },
          ],
    )
  return (
    <Part section="images" note={t('requests.images.note', { n: String(uids.size) })}>
      <div className={css.stack} id={fieldId('studies')}>
        {row.studies.length === 0 && elsewhere.length === 0 && (
          <p className="secondary small">{t('requests.images.none_held')}</p>
        )}
        {row.urgency === 'stat' && row.state === 'draft' && named.length === 0 && (
          <p className="secondary small">{t('requests.images.along')}</p>
        )}
        <ul className={papers.papers}>
          {row.studies.map((study) => (
            <StudyRow
              key={study.study_uid}
              study={study}
              chosen={uids.has(study.study_uid)}
              along={named.some((each) => each.taken_along && each.uid === study.study_uid)}
              disabled={fixed}
              onToggle={() => toggle(study)}
            />
          ))}
          {elsewhere.map((study) => (
            <Elsewhere
              key={study.uid ?? study.description}
              study={study}
              others={row.others.find(({ study_uid }) => study_uid === study.uid)}
              disabled={fixed}
              onRemove={() => put(named.filter((each) => each !== study))}
            />
          ))}
        </ul>
        {!fixed && <Ways open={open} onOpen={setOpen} none={named.length === 0} />}
        {open === 'upload' && <Sending />}
        {open === 'radiographer' && (
          <AskRadiographer
            onAdd={(description) =>
              put([...named, { uid: null, description, taken_at: null, taken_along: false }])
            }
          />
        )}
      </div>
    </Part>
  )
}

type WaysProps = { open: Open; onOpen: (open: Open) => void; none: boolean }

/** The ways to get images that are not here yet; or to say that there are none. */
function Ways({ open, onOpen, none }: WaysProps) {
  const { t } = useTranslation()
  const { row, set } = useDraft()
  return (
    <div className={css.row}>
      <Button
        size="small"
        disabled={!row.patient}
        aria-expanded={open === 'upload'}
        onClick={() => onOpen(open === 'upload' ? null : 'upload')}
      >
        {open === 'upload' ? t('requests.images.upload_close') : t('requests.images.upload')}
      </Button>
      <Button
        size="small"
        aria-expanded={open === 'radiographer'}
        onClick={() => onOpen(open === 'radiographer' ? null : 'radiographer')}
      >
        {t('requests.images.radiographer')}
      </Button>
      <Checkbox
        checked={row.content.no_images}
        disabled={!none}
        onChange={(event) => set({ content: { no_images: event.target.checked } }, true)}
      >
        {t('requests.images.no_images')}
      </Checkbox>
    </div>
  )
}

/** A study that the request names and we do not have yet. */
function Elsewhere(p: {
  study: NamedStudy
  others: Schemas['OtherStudy'] | undefined
  disabled: boolean
  onRemove: () => void
}) {
  const { t } = useTranslation()
  const { study, others } = p
  const state = others ? 'others' : study.uid ? 'named' : 'awaited'
  return (
    <li className={papers.paper}>
      <b>{study.description || t('requests.images.unnamed')}</b>
      {others && <span className="secondary small">{whose(others)}</span>}
      <span className="push">
        <Pill tone={others ? 'stat' : 'urgent'}>{t(`requests.images.${state}`)}</Pill>
      </span>
      {!p.disabled && (
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('requests.images.remove', { what: study.description })}
          onClick={p.onRemove}
        />
      )}
    </li>
  )
}

type RowProps = {
  study: Held
  chosen: boolean
  /** Named by the system. */
  along: boolean
  disabled: boolean
  onToggle: () => void
}

function StudyRow(p: RowProps) {
  const { t } = useTranslation()
  const { moment, date } = useFormat()
  const { description, modalities, taken_at, series, received, expected, complete, link } = p.study
  const title = [modalities.join('/'), description].filter(Boolean).join(' ')
  const prior = taken_at !== null && serverNow() - Date.parse(taken_at) > PRIOR_MS
  return (
    <li className={papers.paper}>
      <Thumbnail study={p.study} />
      <Checkbox checked={p.chosen} disabled={p.disabled} onChange={p.onToggle}>
        {prior && <b className={css.lacks}>{t('requests.images.prior')} </b>}
        <b>{title || t('requests.images.unnamed')}</b>
        <span className={`secondary small ${papers.under}`}>
          {taken_at && `${prior ? date(taken_at) : moment(taken_at)} · `}
          {t('requests.images.counts', { series: String(series), n: String(received) })}
          {p.along && ` · ${t('consultation.study.taken_along')}`}
        </span>
      </Checkbox>
      <span className="push">
        {link === 'proposed' ? (
          <Pill tone="urgent">{t('requests.images.to_check')}</Pill>
        ) : complete ? (
          <Pill tone="done">{t('requests.images.complete')}</Pill>
        ) : (
          <Pill tone="quiet">
            {expected === null
              ? t('requests.images.unknown', { received: String(received) })
              : t('requests.images.arriving', {
                  received: String(received),
                  expected: String(expected),
                })}
          </Pill>
        )}
      </span>
    </li>
  )
}

/** A picture of the study, if there is one. */
function Thumbnail({ study }: { study: Held }) {
  const { dicomweb_url } = useSession()
  const [gone, setGone] = useState(false)
  if (gone || study.received === 0) return null
  const query = new URLSearchParams({ hospital: study.hospital_id })
  return (
    <img
      className={papers.thumbnail}
      alt=""
      loading="lazy"
      src={`${dicomweb_url}/studies/${study.study_uid}/thumbnail?${query}`}
      onError={() => setGone(true)}
    />
  )
}

function Sending() {
  const { row, refresh, flush } = useDraft()
  const [others, setOthers] = useState<readonly Schemas['OtherStudy'][]>([])
  const told = useAct({
    of: (uids) => uids.join(),
    run: async (uids: string[], key: string) => {
      await flush()
      return body(
        client.POST('/api/consultations/{id}/uploaded', {
          params: { path: { id: row.id } },
          body: { study_uids: uids },
          headers: idempotent(key),
        }),
      )
    },
    onDone: ({ refused }) => {
      setOthers(refused)
      void refresh()
    },
  })
  return (
    <Suspense fallback={<PanelSkeleton rows={2} />}>
      <Upload hint={row.id} onSettled={told.mutate} others={others} />
    </Suspense>
  )
}

function AskRadiographer({ onAdd }: { onAdd: (description: string) => void }) {
  const { t } = useTranslation()
  const [what, setWhat] = useState('')
  const add = () => {
    if (what.trim()) onAdd(what.trim())
    setWhat('')
  }
  return (
    <div>
      <div className={css.inline}>
        <Input
          autoFocus
          size="small"
          maxLength={200}
          aria-label={t('requests.images.radiographer_name')}
          placeholder={t('requests.images.radiographer_name')}
          value={what}
          onChange={(event) => setWhat(event.target.value)}
          onPressEnter={add}
        />
        <Button size="small" type="primary" disabled={!what.trim()} onClick={add}>
          {t('requests.images.radiographer_add')}
        </Button>
      </div>
      <p className="secondary small">{t('requests.images.radiographer_note')}</p>
    </div>
  )
}
