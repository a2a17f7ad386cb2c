/** One patient on the list: why they are on it, what is missing, whether they may be presented, and what to do. */
import { EllipsisOutlined, HolderOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type KeyboardEvent, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '../../../i18n'
import { REQUESTS } from '../../../i18n/words'
import { Menu, type MenuEntry } from '../../../kit/Menu'
import { Pill, type Tone } from '../../../kit/Pill'
import { usePatientWords } from '../../../kit/patient'
import { EnterButton, mayEnter } from '../charting/EnterButton'
import { useLacks } from '../lacks'
import type { Item, Round } from '../queries'
import { useContinued } from '../useContinued'
import { bringsOn, ConfirmButton, EmergencyDialog, RemoveDialog } from './ItemDialogs'
import { ItemDrawer } from './ItemDrawer'
import css from './list.module.css'

const ConsentDrawer = lazy(() => withWords(REQUESTS, import('./ConsentDrawer')))

export type Moves = {
  onStep: (by: 1 | -1) => void
  onDrag: (on: boolean) => void
  onDrop: () => void
}
type Props = { round: Round; item: Item; writes: boolean; moves: Moves | null }

const TONES: Record<Item['state'], Tone> = {
  ...{ proposed: 'urgent', confirmed: 'done', removed: 'quiet', presenting: 'brand' },
  ...{ discussed: 'done', deferred: 'quiet', skipped: 'quiet', noted: 'brand' },
  countersigned: 'done',
} as const
const DONE: ReadonlySet<Item['state']> = new Set([
  ...(['discussed', 'noted', 'countersigned', 'removed', 'skipped'] as const),
])

const MEASURED: ReadonlySet<Item['lacks'][number]> = new Set(['vitals', 'labs'])

export function ItemRow({ round, item, writes, moves }: Props) {
  const { t } = useTranslation()
  const [held, setHeld] = useState(false)
  return (
    <li
      className={css.item}
      data-item={item.id}
      {...(moves && {
        draggable: held,
        onDragStart: (event) => {
          event.dataTransfer.setData('text/plain', item.bed)
          moves.onDrag(true)
        },
        onDragEnd: () => {
          setHeld(false)
          moves.onDrag(false)
        },
        onDragOver: (event) => event.preventDefault(),
        onDrop: (event) => {
          event.preventDefault()
          moves.onDrop()
        },
      })}
    >
      {moves ? <Grip item={item} moves={moves} onHold={setHeld} /> : <span />}
      <b className={css.bed}>{item.bed}</b>
      <Whom item={item} />
      <span className={css.text}>
        <span>{item.summary}</span>
        {item.patient && (
          <span className="secondary small">{item.question || t('rounds.list.no_question')}</span>
        )}
      </span>
      {item.patient ? <Marks item={item} /> : <span />}
      <span className={css.state}>
        <Pill tone={TONES[item.state]}>
          {item.signed_as
            ? t(`rounds.signed_as.${item.signed_as}`)
            : t(`rounds.item_state.${item.put_forward ? 'put_forward' : item.state}`)}
        </Pill>
        {item.late && <span className="secondary small">{t('rounds.list.late')}</span>}
      </span>
      <Acts round={round} item={item} writes={writes && !DONE.has(item.state)} />
    </li>
  )
}

type GripProps = { item: Item; moves: Moves; onHold: (on: boolean) => void }

function Grip({ item, moves, onHold }: GripProps) {
  const { t } = useTranslation()
  const step = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined
    if (!by) return
    event.preventDefault()
    moves.onStep(by)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: Firefox drags nothing by a button
    <span
      role="button"
      tabIndex={0}
      className={css.grip}
      data-grip={item.id}
      aria-label={t('rounds.list.grip', { bed: item.bed })}
      title={t('rounds.list.grip_hint')}
      onPointerDown={() => onHold(true)}
      onPointerUp={() => onHold(false)}
      onKeyDown={step}
    >
      <HolderOutlined aria-hidden />
    </span>
  )
}

function Whom({ item }: { item: Item }) {
  const { t } = useTranslation()
  const { name, sex, age } = usePatientWords()
  const { patient } = item
  if (!patient) return <span className="secondary">{t('rounds.list.nobody')}</span>
  return (
    <span className={css.text}>
      <span>
        <b>{name(patient)}</b> {sex(patient.sex)} {age(patient)}
      </span>
      <span className="secondary small">
        {t('patient.number.admission', { number: patient.number })}
      </span>
    </span>
  )
}

/** Reasons quietly; what is missing and a consent that is not there so that they are seen. */
function Marks({ item }: { item: Item }) {
  const { t } = useTranslation()
  const lacks = useLacks('rounds')
  const presentable = item.consent === 'in_force'
  return (
    <span className={css.marks}>
      {item.reasons.map((each) => (
        <span key={each} className={css.reason}>
          {t(`rounds.reason.${each}`)}
        </span>
      ))}
      {lacks(item).map((each) => (
        <span key={each} className={css.lack}>
          {each}
        </span>
      ))}
      {!presentable && <Pill tone="stat">{t(`rounds.consent.${item.consent}`)}</Pill>}
      {item.paper_due && <span className={css.lack}>{t('rounds.paper_due')}</span>}
    </span>
  )
}

type Asked = 'edit' | 'consent' | 'emergency' | 'remove'

type ActsProps = { round: Round; item: Item; writes: boolean }

export function Acts({ round, item, writes }: ActsProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked | null>(null)
  const { bed } = item
  const confirms = bringsOn(item) !== undefined
  /** The ward's doctors; its lead and coordinators take no consent. */
  const takes = round.capacities.includes('doctor')
  const entry = (key: Asked, danger = false): MenuEntry => ({
    ...{ key, danger, label: `${t(`rounds.item.${key}`)}…`, onClick: () => setAsked(key) },
  })
  const entries: MenuEntry[] = [
    ...(takes ? [entry('consent')] : []),
    ...(confirms && item.consent !== 'in_force' ? [entry('emergency')] : []),
    ...(item.actions.includes('remove') ? [entry('remove', true)] : []),
  ]
  const continued = useContinued(round, item)
  if (continued)
    entries.unshift({
      ...{ key: 'continued', label: t('rounds.item.continued'), onClick: continued.act },
    })
  const close = () => setAsked(null)
  return (
    <span className={css.acts}>
      {confirms && (
        <ConfirmButton
          round={round}
          item={item}
          onUnconsented={() => setAsked(takes ? 'consent' : 'emergency')}
        />
      )}
      {item.patient && mayEnter(round) && item.lacks.some((each) => MEASURED.has(each)) && (
        <EnterButton patient={item.patient.id} bed={bed} size="middle" />
      )}
      {writes && (
        <Button aria-label={t('rounds.item.edit_of', { bed })} onClick={() => setAsked('edit')}>
          {t('rounds.item.edit')}
        </Button>
      )}
      {entries.length > 0 && (
        <Menu items={entries}>
          <Button
            icon={<EllipsisOutlined aria-hidden />}
            aria-label={t('rounds.item.more_of', { bed })}
          />
        </Menu>
      )}
      {asked === 'edit' && <ItemDrawer round={round} item={item} onClose={close} />}
      {asked === 'consent' && (
        <Suspense>
          <ConsentDrawer
            round={round}
            item={item}
            onEmergency={() => setAsked('emergency')}
            onClose={close}
          />
        </Suspense>
      )}
      {asked === 'emergency' && <EmergencyDialog round={round} item={item} onClose={close} />}
      {asked === 'remove' && <RemoveDialog round={round} item={item} onClose={close} />}
    </span>
  )
}
