/** Finds a time for everybody and every room that a consultation needs, and says what stands in the way of one. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { asProblem } from '../../../api/problem'
import { calendarQuery } from '../../../consultation/bookings'
import { departmentsQuery } from '../../../consultation/queries'
import type { Consultation } from '../../../consultation/view'
import { EmptyState } from '../../../kit/EmptyState'
import { useProblemText } from '../../../kit/problemText'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { useFits } from '../../../kit/useFits'
import { Legend, type Look } from '../Legend'
import { LimitsDialog } from '../LimitsDialog'
import { addDays, dayOf, instant } from '../week'
import { useZone } from '../words'
import { Cards } from './Cards'
import { FreeTable } from './FreeTable'
import css from './find.module.css'
import { Lines } from './Lines'
import { firstQuestion } from './question'
import { useFind } from './useFind'
import { useFindWords } from './words'

/** Who and where it is now is known first, because the question begins with it. */
export function FindTime({ consultation: c }: { consultation: Consultation }) {
  const zone = useZone(c.hub_id)
  const today = dayOf(Date.now(), zone)
  const departments = useQuery(departmentsQuery())
  const day = { start: instant(today, 0, zone), end: instant(addDays(today, 1), 0, zone) }
  const calendar = useQuery(calendarQuery(day, { hospitals: [c.hub_id, c.branch_id] }))
  if (departments.isPending || calendar.isPending)
    return (
      <div className={css.page}>
        <PanelSkeleton rows={7} rowHeight={41} />
        <PanelSkeleton rows={7} rowHeight={41} />
      </div>
    )
  const rooms = (calendar.data?.resources ?? []).filter(({ kind }) => kind !== 'person')
  const own = departments.data?.find(({ id }) => id === c.hub_department_id)?.specialty
  const branchRoom = rooms.find(
    ({ kind, hospital_id, name }) =>
      kind === 'venue' && hospital_id === c.branch_id && name === c.branch_venue,
  )
  const specialtyOf = (name: string) =>
    departments.data?.find((each) => each.hospital_id === c.hub_id && each.name === name)?.specialty
  const first = firstQuestion(
    c,
    own ?? c.content.specialty ?? null,
    branchRoom?.id ?? null,
    specialtyOf,
  )
  return <Finding consultation={c} first={first} rooms={rooms} />
}

const FOUND: readonly Look[] = ['busy', 'shut', 'proposal']
const BLOCKED: readonly Look[] = [...FOUND, 'clash']

type Props = {
  consultation: Consultation
  first: ReturnType<typeof firstQuestion>
  rooms: Parameters<typeof Lines>[0]['rooms']
}

function Finding({ consultation: c, first, rooms }: Props) {
  const { t } = useTranslation()
  const text = useProblemText()
  const phone = useFits('(max-width: 767px)')
  const find = useFind(c, first)
  const words = useFindWords(find.zone, find.answer, find.question, c.mdt)
  const problem = find.problem ? asProblem(find.problem) : null
  return (
    <div className={css.page}>
      {find.limited && <LimitsDialog {...find.limited} zone={find.zone} busy={find.busy} />}
      <Lines consultation={c} find={find} words={words} rooms={rooms} />
      <section className={css.panel} aria-label={t('scheduling.find.free_busy')}>
        <header className={css.head}>
          <span role="status" className={css.verdict}>
            <Verdict find={find} words={words} />
          </span>
          {find.changed && (
            <Button size="small" onClick={find.reset}>
              {t('scheduling.find.reset')}
            </Button>
          )}
          {!phone && find.answer && (
            <Legend looks={find.answer.found.length > 0 ? FOUND : BLOCKED} />
          )}
          <Link to="." relative="path" className={css.back}>
            {t('scheduling.find.back')}
          </Link>
        </header>
        {problem ? (
          <EmptyState
            title={text(problem)}
            action={<Button onClick={() => void find.again()}>{t('state.retry')}</Button>}
          />
        ) : find.answer ? (
          <FreeTable answer={find.answer} find={find} words={words} />
        ) : (
          <PanelSkeleton rows={6} rowHeight={40} />
        )}
      </section>
      {!problem && find.answer && <Cards consultation={c} find={find} words={words} />}
    </div>
  )
}

/** Whether there is a time, in one sentence. */
function Verdict({ find, words }: Pick<Parameters<typeof Cards>[0], 'find' | 'words'>) {
  const { t } = words
  const { answer, question, waiting } = find
  if (!answer || (waiting && find.shown.length === 0))
    return <b>{t('scheduling.find.searching')}</b>
  if (answer.found.length > 0)
    return (
      <>
        <b>{t('scheduling.find.found', { n: String(answer.found.length) })}</b>
        <span className="secondary small">{t('scheduling.find.ranked')}</span>
      </>
    )
  const longest = [...answer.days].sort((a, b) => b.minutes - a.minutes)[0]
  return (
    <>
      <b className={css.bad}>{t('scheduling.find.none', { n: String(question.minutes) })}</b>
      <span className="secondary small">
        {longest?.starts_at && longest.minutes > 0
          ? t('scheduling.find.longest', {
              n: String(longest.minutes),
              day: words.day(longest.on),
            })
          : t('scheduling.find.never_together')}
      </span>
    </>
  )
}
