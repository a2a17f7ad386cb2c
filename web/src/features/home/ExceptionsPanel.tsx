/** 今日异常: what is late, not ready or not begun at the hub, whom it waits for, and a reminder with one click. */
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { body, client, type Schemas } from '../../api/client'
import { useNow } from '../../api/clock'
import { isTold, type Told } from '../../consultation/told'
import { useFormat } from '../../i18n/format'
import { Countdown } from '../../kit/Countdown'
import type { OnlyLasts } from '../../kit/onlyLasts'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { SideScroll } from '../../kit/SideScroll'
import { UrgencyTag } from '../../kit/UrgencyTag'
import { useAct } from '../../kit/useAct'
import { counted, type Group, groupOf } from './exceptionGroups'
import css from './exceptions.module.css'
import { kindOf } from './kinds'

type Late = Schemas['ExceptionOut']
/** Of the hospital's own work, which belongs to no activity. */
type Own =
  | 'identity'
  | 'counts'
  | 'holidays'
  | 'roster_gap'
  | 'round_coverage'
  | 'time_unbooked'
  | 'registration'
  | 'confirm_role'
  | 'device'
/** What may be late: what rings is here only for whom it did not reach, and of some things people are only told. */
type Ladder = Exclude<Late['ladder'], OnlyLasts | 'stat' | 'lead_awaited' | Told>

/** The default: it is loaded where something is late. */
export default function ExceptionsPanel({ rows }: { rows: readonly Late[] }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Group | 'all'>('all')
  const groups = counted(rows)
  const group = groups.some((each) => each.group === chosen) ? chosen : 'all'
  const shown = group === 'all' ? rows : rows.filter((each) => groupOf(each) === group)
  const options = [
    { value: 'all' as const, label: t('exceptions.all', { n: String(rows.length) }) },
    ...groups.map(({ group, count }) => ({
      value: group,
      label: t(`exceptions.group.${group}`, { n: String(count) }),
    })),
  ]
  return (
    <Panel
      tight
      title={t('exceptions.title')}
      note={t('exceptions.note')}
      extra={<Pill tone="stat">{t('exceptions.count', { count: rows.length })}</Pill>}
    >
      {groups.length > 1 && (
        <SideScroll label={t('exceptions.groups')} className={css.groups}>
          <Segmented
            aria-label={t('exceptions.groups')}
            value={group}
            options={options}
            onChange={setChosen}
          />
        </SideScroll>
      )}
      <ul className={css.list}>
        {shown.map((each) => (
          <Line key={each.id} late={each} />
        ))}
      </ul>
    </Panel>
  )
}

function Line({ late }: { late: Late }) {
  const { t } = useTranslation()
  const { brief } = usePatientWords()
  const what = useWhat(late)
  const { patient, place, title, climbed, activity_id } = late
  const page = activity_id ? kindOf(late.activity)?.page(activity_id) : undefined
  const seen = place || title // else it is not open to this person any more
  const isRound = late.activity === 'round'
  const unnamed = isRound ? title : t('home.no_patient')
  const nobody = activity_id && (seen ? unnamed : t('exceptions.not_open'))
  const who = patient ? brief(patient) : nobody
  return (
    <li className={css.line}>
      {isRound ? (
        <span className={css.kind}>{t('exceptions.round')}</span>
      ) : (
        <UrgencyTag urgency={late.urgency} narrow />
      )}
      <span className={css.what}>
        <b>{what}</b>
        {climbed > 0 && <Pill tone="stat">{t('exceptions.escalated', { count: climbed })}</Pill>}
      </span>
      <span className={css.about}>
        {page ? <Link to={page}>{who}</Link> : who}{' '}
        <span className="secondary">{who !== title && title}</span>
      </span>
      <span className={css.owners}>
        {late.late && <Owner late={late} />}
        <Undelivered late={late} />
      </span>
      <span className={css.how_long}>
        <HowLong late={late} />
      </span>
      <span className={css.nudge}>{late.late && <Nudge late={late} who={who ?? ''} />}</span>
    </li>
  )
}

/** What it is; of what told in vain, what of. */
function useWhat({ ladder, late, also, advice, activity_id }: Late): string {
  const { t } = useTranslation()
  if (late) {
    if (advice.length > 0) return t('exceptions.advice', { which: advice.join(t('state.comma')) })
    const besides = [
      also.includes('bedside') && t('exceptions.what.bedside'),
      also.includes('readiness') && t('exceptions.not_ready'),
    ]
    return [t(`exceptions.what.${ladder as Ladder}`), ...besides]
      .filter(Boolean)
      .join(t('state.comma'))
  }
  const told = isTold(ladder) && t(`exceptions.told.${ladder}`)
  const own = activity_id === null && t(`notices.of.${ladder as Own}`)
  const of = told || own
  return `${t('exceptions.undelivered')}${of ? `${t('state.after_colon')}${of}` : ''}`
}

/** How long it is late; of a meeting that soon begins or was interrupted, and of what only tells, what counts there. */
function HowLong({ late: { ladder, due_at, began_at } }: { late: Late }) {
  const { t } = useTranslation()
  const { duration, moment } = useFormat()
  const now = useNow()
  if (isTold(ladder)) return <span>{t('exceptions.told_at', { at: moment(began_at) })}</span>
  if (ladder === 'readiness') return <span className={css.soon}>{t('exceptions.soon')}</span>
  if (ladder !== 'resumption') return <Countdown due={due_at} />
  const time = duration(Math.max(0, now - Date.parse(began_at)))
  return <span className={css.soon}>{t('exceptions.since', { time })}</span>
}

/** A name in one line, also where the words around it break. */
const together = (name: string) => name.replaceAll(' ', '\u00a0')

/** Whom it did not reach, with their telephone: somebody must call. */
function Undelivered({ late: { undelivered } }: { late: Late }) {
  const { t } = useTranslation()
  const { named, hospital } = usePeopleWords()
  const [first, ...more] = undelivered
  if (!first) return null
  return (
    <span className={css.owner}>
      <Pill tone="stat">{t('exceptions.not_reached')}</Pill>
      {hospital(first.hospital_id)} {together(named(first))}
      {first.phone && <a href={`tel:${first.phone.replace(/\s/g, '')}`}>{first.phone}</a>}
      {more.length > 0 &&
        t('exceptions.more', { count: more.length, total: String(more.length + 1) })}
    </span>
  )
}

/** Where nobody is asked for anything but to come. */
const MEETS: ReadonlySet<string> = new Set(['readiness', 'meeting', 'signing'])

/** Whom it waits for, with their telephone. */
function Owner({ late: { ladder, waits_for } }: { late: Late }) {
  const { t } = useTranslation()
  const { named, hospital } = usePeopleWords()
  const [first, ...more] = waits_for
  if (!first) {
    return (
      <span className="secondary">
        {t(MEETS.has(ladder) ? 'exceptions.both' : 'exceptions.nobody')}
      </span>
    )
  }
  const name = first.role ? t(`role.${first.role as Schemas['Role']}`) : together(named(first))
  return (
    <span className={css.owner}>
      {t('exceptions.waits', { who: `${hospital(first.hospital_id)} ${name}` })}
      {first.phone && <a href={`tel:${first.phone.replace(/\s/g, '')}`}>{first.phone}</a>}
      {more.length > 0 &&
        t('exceptions.more', { count: more.length, total: String(more.length + 1) })}
    </span>
  )
}

/** As the server has it: not more often. */
const AGAIN_MS = 5 * 60_000

function Nudge({ late, who }: { late: Late; who: string }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const now = useNow()
  const nudge = useAct({
    run: () =>
      body(client.POST('/api/home/exceptions/{id}/nudge', { params: { path: { id: late.id } } })),
    changes: { exceptions: '*' },
    done: t('exceptions.nudged'),
  })
  const at = late.nudged_at
  const recent = at !== null && now - Date.parse(at) < AGAIN_MS
  return (
    <Button
      size="small"
      disabled={recent}
      loading={nudge.isPending}
      aria-label={t('exceptions.nudge_whom', { who })}
      onClick={() => nudge.mutate()}
    >
      {recent && at ? t('exceptions.nudged_at', { at: time(at) }) : t('exceptions.nudge')}
    </Button>
  )
}
