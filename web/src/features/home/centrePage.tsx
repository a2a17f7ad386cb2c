/** The centre's day as a table that fits a sheet of paper. */
import { LeftOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { serverNow, useNow } from '../../api/clock'
import { useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { siteDay, siteHour } from '../../zone'
import css from './centre.module.css'
import { type Held, useHeldWords } from './heldWords'
import { kindOf } from './kinds'
import { centreQuery } from './queries'
import { shownOf } from './schedule'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const NOON = 12
const DAY_MS = 24 * 60 * 60_000
const besides = (day: string, by: number) => siteDay(siteHour(day, NOON) + by * DAY_MS)
const COLUMNS = [
  'time',
  'urgency',
  'patient',
  'where',
  'question',
  'lead',
  'venue',
  'state',
] as const

export function Component() {
  const { t } = useTranslation()
  const { day: dayWords, dateTime } = useFormat()
  const { hospital } = usePeopleWords()
  const { actor } = useSession()
  const [search, setSearch] = useSearchParams()
  const today = siteDay(serverNow())
  const asked = search.get('day') ?? ''
  const day = DAY.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : today
  const go = (next: string) => setSearch(next === today ? {} : { day: next }, { replace: true })
  return (
    <>
      <PageHead
        title={`${t('home.centre_title')} · ${dayWords(siteHour(day, NOON))}`}
        note={hospital(actor.hospital_id)}
        actions={
          <span className={css.acts}>
            <Button icon={<LeftOutlined aria-hidden />} onClick={() => go(besides(day, -1))}>
              {t('home.day_before')}
            </Button>
            <Button disabled={day === today} onClick={() => go(today)}>
              {t('home.today_day')}
            </Button>
            <Button
              icon={<RightOutlined aria-hidden />}
              iconPlacement="end"
              onClick={() => go(besides(day, 1))}
            >
              {t('home.day_after')}
            </Button>
            <Button
              type="primary"
              icon={<PrinterOutlined aria-hidden />}
              onClick={() => window.print()}
            >
              {t('home.print')}
            </Button>
          </span>
        }
      />
      <div className={css.sheet}>
        <Loaded
          query={centreQuery(day)}
          what={t('home.centre_title')}
          skeleton={<PanelSkeleton rows={8} rowHeight={40} />}
        >
          {(held) =>
            held.length === 0 ? (
              <EmptyState title={t('home.centre_none_on')} hint={t('home.no_schedule_hint')} />
            ) : (
              <Table held={held} />
            )
          }
        </Loaded>
        <p className={css.printed}>
          {t('home.printed', { at: dateTime(new Date(serverNow()).toISOString()) })}
        </p>
      </div>
    </>
  )
}

function Table({ held }: { held: Held[] }) {
  const { t } = useTranslation()
  const shown = shownOf(held, useNow())
  return (
    <table className={css.table}>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(`home.centre_columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {held.map((each, i) => (
          <Line key={each.activity_id} held={each} state={shown[i] ?? 'later'} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ held, state }: { held: Held; state: ReturnType<typeof shownOf>[number] }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { brief, place } = usePatientWords()
  const words = useHeldWords()
  const page = kindOf(held.activity)?.page(held.activity_id)
  const who = held.patient ? brief(held.patient) : t('home.no_patient')
  const until = held.ends_at ? `–${time(held.ends_at)}` : ''
  return (
    <tr>
      <td className={css.time}>{`${time(held.starts_at)}${until}`}</td>
      <td>{t(`urgency.${held.urgency}`)}</td>
      <td>{page ? <Link to={page}>{who}</Link> : who}</td>
      <td>{place({ ...held.place, hospital: words.branch(held) })}</td>
      <td className={css.question}>{held.title}</td>
      <td>{words.lead(held) || '—'}</td>
      <td>{words.venue(held) || '—'}</td>
      <td>{t(`home.schedule_state.${state}`)}</td>
    </tr>
  )
}
