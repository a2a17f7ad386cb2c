/** What this person was told, the latest first. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { isTold } from '../../consultation/told'
import { useFormat } from '../../i18n/format'
import { Estimate } from '../../kit/Countdown'
import { Drawer } from '../../kit/Drawer'
import { EmptyState } from '../../kit/EmptyState'
import { usePatientWords } from '../../kit/patient'
import { paths } from '../../paths'
import { kindOf } from './kinds'
import css from './notices.module.css'
import { isDue, useNoticeWords } from './noticeWords'

type Notice = Schemas['NoticeOut']

const ELSEWHERE = { target: '_blank', rel: 'noreferrer' }

type Props = { items: Notice[]; apart: boolean; onClose: () => void }

export default function NoticesDrawer({ items, apart, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Drawer open title={t('notices.title')} width={420} flush onClose={onClose}>
      {items.length === 0 && <EmptyState title={t('notices.none')} hint={t('notices.none_hint')} />}
      {apart && <p className={`secondary small ${css.new_tab}`}>{t('notices.new_tab')}</p>}
      <ul className={css.list}>
        {items.map((each) => (
          <Line key={each.id} notice={each} apart={apart} onOpen={onClose} />
        ))}
      </ul>
    </Drawer>
  )
}

type LineProps = { notice: Notice; apart: boolean; onOpen: () => void }

function Line({ notice, apart, onOpen }: LineProps) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { brief } = usePatientWords()
  const words = useNoticeWords()(notice)
  const { due_at, told_at, ended_at, patient, title } = notice
  const page = pageOf(notice)
  const at = moment(due_at)
  return (
    <li className={`${css.line} ${ended_at ? css.ended : ''}`}>
      {page ? (
        <Link to={page} onClick={onOpen} {...(apart && ELSEWHERE)}>
          {words}
        </Link>
      ) : (
        <b>{words}</b>
      )}
      {isDue(notice) && <Estimate from={told_at} to={due_at} />}
      <span>
        {[
          patient && brief(patient),
          title,
          meetsAt(notice) && t(`notices.${momentOf(notice)}`, { at }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span className="secondary small">
        {moment(told_at)}
        {ended_at && ` · ${t('notices.ended')}`}
      </span>
    </li>
  )
}

/** Of an activity its page, while this person may see it, or where it says what became of it; of a hospital's work
 *  where it is done. */
function pageOf({
  activity,
  activity_id,
  about_id,
  title,
  ladder,
  due_at,
}: Notice): string | undefined {
  if (activity_id === null) {
    // Due at New Year by the hospital's own clock, which in UTC may be the evening before.
    if (ladder === 'holidays')
      return paths.workdays(new Date(Date.parse(due_at) + DAY).getUTCFullYear())
    if (OF_CALENDARS.has(ladder)) return `${paths.calendar()}?mine`
    if (ladder === 'roster_gap') return paths.rosters(about_id ?? undefined)
    if (ladder === 'round_coverage') return paths.rounds('series')
    if (ladder === 'time_unbooked') return about_id ? paths.recurring(about_id) : paths.calendar()
    if (ladder === 'registration' || ladder === 'confirm_role') return paths.credentials()
    return OF_STUDIES.has(ladder) ? paths.studies() : undefined
  }
  if (activity === 'critical_finding') return paths.criticalFinding(activity_id)
  if (ladder === 'break_glass') return paths.breakGlass(activity_id)
  if (ladder === 'reading_together') return paths.readTogether(activity_id)
  if (ladder === 'reading_withdrawn') return paths.readings()
  if (OF_READINGS.has(ladder)) return paths.reading(activity_id)
  // Who need not come to a round sees it no more.
  const remains = isTold(ladder) && ladder !== 'round_relieved'
  return title || remains ? kindOf(activity)?.page(activity_id) : undefined
}

const OF_READINGS: ReadonlySet<Notice['ladder']> = new Set([
  'desk',
  'sending_again',
  'report_issued',
  'report_recalled',
  'report_reinstated',
  'report_outgrown',
])

/** Of what is not due at all the moment is that of the meeting, if it has one. */
const meetsAt = ({ ladder, due_at, told_at }: Notice): boolean =>
  isTold(ladder) && Date.parse(due_at) !== Date.parse(told_at)

const momentOf = ({ ladder }: Notice) =>
  IS_AT.has(ladder) ? 'is_at' : BEGINS.has(ladder) ? 'begins' : 'meets'

/** Of these the meeting is still to be held at that time. */
const IS_AT: ReadonlySet<Notice['ladder']> = new Set([
  'invited',
  'booked',
  'unaccompanied',
  'round_invited',
  'round_booked',
  'round_moved',
  'place_closed',
  'round_place_closed',
  'round_time_kept',
])
const BEGINS: ReadonlySet<Notice['ladder']> = new Set(['time_entered', 'time_moved'])
const OF_CALENDARS: ReadonlySet<Notice['ladder']> = new Set([...BEGINS, 'time_taken_back'])

const DAY = 86_400_000
const OF_STUDIES: ReadonlySet<Notice['ladder']> = new Set(['identity', 'counts'])
