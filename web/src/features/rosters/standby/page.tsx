/** 值守: once per shift whoever is on duty says that they are there; what rings fills this page. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useNow } from '../../../api/clock'
import { EmptyState } from '../../../kit/EmptyState'
import { Loaded } from '../../../kit/Loaded'
import { PageHead } from '../../../kit/PageHead'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { useAwake } from '../../../kit/useAwake'
import { paths } from '../../../paths'
import { useDeviceTest } from '../../room/door/useDeviceTest'
import { Coming, Partner } from '../onDutyPage'
import { onDutyQuery } from '../queries'
import css from '../rosters.module.css'
import { AtHand } from './AtHand'
import { Calls } from './Calls'
import { HandingOver } from './HandingOver'
import { Head } from './Head'
import { Order } from './Order'
import { type OwnStandby, shiftQuery, standbyQuery, useRung } from './queries'
import { Ready } from './Ready'

export function Component() {
  const { t } = useTranslation()
  const rung = useRung()
  return (
    <>
      <PageHead
        title={t('standby.title')}
        note={t('standby.rings_here')}
        actions={
          <Link to={paths.onDuty()}>
            <Button>{t('rosters.today')}</Button>
          </Link>
        }
      />
      {rung ? (
        <Loaded
          query={standbyQuery()}
          what={t('standby.title')}
          skeleton={<PanelSkeleton rows={5} rowHeight={56} />}
        >
          {(own) => <Page own={own} />}
        </Loaded>
      ) : (
        <EmptyState title={t('standby.off')} hint={t('standby.hub_only')} />
      )}
    </>
  )
}

function Page({ own }: { own: OwnStandby }) {
  const { data: onDuty } = useQuery(onDutyQuery())
  const { data: shift } = useQuery(shiftQuery())
  const test = useDeviceTest(false)
  const on = useStands(own)
  const awake = useAwake(on)
  return (
    <div className={css.duty}>
      <div className={css.stack}>
        <Head own={own} on={on} onHere={test.run} />
        {onDuty && <Order onDuty={onDuty} own={own} />}
        <Ready test={test} awake={awake} />
        {shift && <Calls shift={shift} />}
      </div>
      <div className={css.stack}>
        {shift && <AtHand shift={shift} />}
        {onDuty?.hospitals.slice(1).map((each) => (
          <Partner key={each.id} hospital={each} />
        ))}
        {onDuty && <Coming mine={onDuty.mine} extra={<HandingOver link />} />}
      </div>
    </div>
  )
}

/** Whether they stand by at this second: it ends on time, and the page then asks the server. */
function useStands({ now: row }: OwnStandby): boolean {
  const now = useNow()
  const { refetch } = useQuery({ ...standbyQuery(), enabled: false })
  const over = row !== null && Date.parse(row.until) <= now
  useEffect(() => {
    if (over) void refetch()
  }, [over, refetch])
  return row !== null && !over
}
