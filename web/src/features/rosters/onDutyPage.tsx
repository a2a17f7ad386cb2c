/** 今日值班: who is on duty now, here and at the hospitals one works with, with telephone numbers. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../api/client'
import { useNow } from '../../api/clock'
import { useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import { useRosterWords } from '../../kit/rosterWords'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { Called, Phone } from './Called'
import { onDutyQuery } from './queries'
import css from './rosters.module.css'
import { useRung } from './standby/queries'
import { spanOf } from './week'

type OnDuty = Schemas['OnDutyOut']
type Hospital = OnDuty['hospitals'][number]

export function Component() {
  const { t } = useTranslation()
  const { roles } = useSession()
  const keeps = roles.some((role) => ['administrator', 'coordinator', 'dispatcher'].includes(role))
  const rung = useRung()
  return (
    <>
      <PageHead
        title={t('rosters.today')}
        note={t('rosters.today_note')}
        actions={
          <>
            {rung && (
              <Link to={paths.standby()}>
                <Button type="primary">{t('standby.title')}</Button>
              </Link>
            )}
            {keeps && (
              <Link to={paths.rosters()}>
                <Button>{t('rosters.to_rosters')}</Button>
              </Link>
            )}
          </>
        }
      />
      <Loaded
        query={onDutyQuery()}
        what={t('rosters.today')}
        skeleton={<PanelSkeleton rows={6} rowHeight={56} />}
      >
        {(found) => <Page found={found} />}
      </Loaded>
    </>
  )
}

function Page({ found }: { found: OnDuty }) {
  const [own, ...partners] = found.hospitals
  return (
    <div className={css.duty}>
      <div className={css.stack}>
        <Mine mine={found.mine} />
        {own && <Own hospital={own} keeps={found.may_keep} />}
      </div>
      <div className={css.stack}>
        {partners.map((each) => (
          <Partner key={each.id} hospital={each} />
        ))}
        <Coming mine={found.mine} />
      </div>
    </div>
  )
}

/** Whether I am on duty, until when, and in which place I am called. */
function Mine({ mine }: { mine: OnDuty['mine'] }) {
  const { t } = useTranslation()
  const { moment, duration } = useFormat()
  const { title } = useRosterWords()
  const now = useNow()
  const on = mine.filter((each) => Date.parse(each.starts) <= now && now < Date.parse(each.ends))
  if (mine.length === 0) return null
  const next = mine.find((each) => Date.parse(each.starts) > now)
  const [first] = on
  return (
    <section className={`${css.mine} ${first ? css.on : ''}`} aria-label={t('rosters.mine')}>
      <b className={css.state}>{t(first ? 'rosters.on_duty' : 'rosters.off_duty')}</b>
      <div>
        {on.map((each) => (
          <p key={`${each.kind}${each.subject}${each.starts}`}>
            <b>{t('rosters.in_place', { roster: title(each), place: String(each.place) })}</b>{' '}
            <span className="secondary">
              {t('rosters.until', {
                at: moment(each.ends),
                left: duration(Date.parse(each.ends) - now),
              })}
            </span>
          </p>
        ))}
        {!first && next && (
          <p className="secondary">
            {t('rosters.next_own', { at: moment(next.starts), roster: title(next) })}
          </p>
        )}
      </div>
    </section>
  )
}

function Own({ hospital, keeps }: { hospital: Hospital; keeps: boolean }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { title } = useRosterWords()
  return (
    <>
      {hospital.rosters.length === 0 && (
        <Panel title={named(hospital)}>
          <EmptyState
            title={t('rosters.none')}
            hint={t(keeps ? 'rosters.none_keeper' : 'rosters.none_reader')}
            {...(keeps
              ? { action: <Link to={paths.rosters()}>{t('rosters.make_first')}</Link> }
              : {})}
          />
        </Panel>
      )}
      {hospital.rosters.map((roster) => (
        <Panel
          key={roster.id}
          title={title(roster)}
          note={t(roster.kind === 'role' ? 'rosters.role_note' : 'rosters.order_note')}
        >
          <Called roster={roster} />
        </Panel>
      ))}
      {hospital.phone && <Centre hospital={hospital} />}
    </>
  )
}

export function Partner({ hospital }: { hospital: Hospital }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { title } = useRosterWords()
  return (
    <Panel title={t('rosters.at', { hospital: named(hospital) })}>
      {hospital.rosters.length === 0 && <p className="secondary">{t('rosters.none_there')}</p>}
      <ul className={css.lines}>
        {hospital.rosters.flatMap((roster) =>
          roster.people.length === 0
            ? [
                <li key={roster.id}>
                  <span className="secondary">{title(roster)}</span>
                  <Nobody gap={roster.gap} />
                </li>,
              ]
            : roster.people.map((each) => (
                <li key={`${roster.id}${each.id}`}>
                  <span>
                    <b>{named(each)}</b> <span className="secondary">{title(roster)}</span>
                  </span>
                  <Phone phone={each.phone} />
                </li>
              )),
        )}
      </ul>
      {hospital.phone && <Centre hospital={hospital} />}
    </Panel>
  )
}

export function Nobody({ gap }: { gap: boolean }) {
  const { t } = useTranslation()
  return gap ? (
    <Pill tone="stat">{t('rosters.gap')}</Pill>
  ) : (
    <span className="secondary">{t('rosters.nobody_now')}</span>
  )
}

/** The number that is answered in any case. */
function Centre({ hospital }: { hospital: Hospital }) {
  const { t } = useTranslation()
  return (
    <p className={css.centre}>
      <span className="secondary">{t('rosters.centre')}</span> <Phone phone={hospital.phone} />
    </p>
  )
}

export function Coming({ mine, extra }: { mine: OnDuty['mine']; extra?: ReactNode }) {
  const { t } = useTranslation()
  const { title, span } = useRosterWords()
  const { day } = useFormat()
  if (mine.length === 0) return null
  return (
    <Panel title={t('rosters.coming')} extra={extra}>
      <ul className={css.lines}>
        {mine.map((each) => (
          <li key={`${each.kind}${each.subject}${each.starts}`}>
            <span>
              <b>{day(Date.parse(each.starts))}</b> <span className="secondary">{title(each)}</span>
            </span>
            <span>
              {span(spanOf({ ...each, staff_id: '', note: '' }))}{' '}
              <span className="secondary">{t('rosters.place', { n: String(each.place) })}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
