/** The page at the door: own picture, device test, readiness, and what the person waits for. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Bystander, CallState } from '../../../call'
import { atOnce, type Consultation, identityOf, rings } from '../../../consultation/view'
import { Countdown } from '../../../kit/Countdown'
import { Panel } from '../../../kit/Panel'
import { PatientBanner } from '../../../kit/PatientBanner'
import { usePeopleWords } from '../../../kit/people'
import RungPanel from '../../../kit/Rung'
import { TopBar } from '../../../kit/TopBar'
import { UrgencyTag } from '../../../kit/UrgencyTag'
import { useFits } from '../../../kit/useFits'
import { paths } from '../../../paths'
import { Bystanders } from '../visit/Bystanders'
import { useMine } from '../visit/useMine'
import type { Visit } from '../visit/visit'
import { Coming } from './Coming'
import { DeviceTestView } from './DeviceTest'
import { Door } from './Door'
import { Gate } from './Gate'
import css from './lobby.module.css'
import { OwnPicture } from './OwnPicture'
import { Seatless } from './Seatless'
import { useDeviceTest } from './useDeviceTest'

type Props = { visit: Visit; state: CallState | null; consultation: Consultation }

export function Lobby({ visit, state, consultation: c }: Props) {
  const { t } = useTranslation()
  const { hospital } = usePeopleWords()
  const { booked, accompanying, seatless } = useMine(c)
  const test = useDeviceTest(!seatless, c.id)
  const gated = booked && !atOnce(c)
  const call = visit.store.get().call
  // The room sends nothing to people who wait, not even what they entered themselves.
  const [others, setOthers] = useState<readonly Bystander[]>(state?.view.others ?? [])
  // On a phone the button to enter comes first, then who is called, so that nobody has to scroll.
  const narrow = useFits('(max-width: 699px)')
  const door = <Door visit={visit} state={state} consultation={c} testing={test.running} />
  const rung = booked && rings(c) && <RungPanel id={c.id} />
  return (
    <>
      <TopBar />
      {/* Somebody who knocks is not admitted yet, so this page does not name the patient (signaling.md). */}
      {booked && c.patient && (
        <PatientBanner
          patient={identityOf(c.patient, c.content, hospital, c.department_en)}
          extra={
            <span className={css.when}>
              <UrgencyTag urgency={c.urgency} />
              {c.starts_at && <Countdown due={c.starts_at} form="until" />}
            </span>
          }
        />
      )}
      <main id="main" className={css.page}>
        <h1 className="unseen">{t('room.title')}</h1>
        {narrow && door}
        {narrow && rung}
        <div className={css.column}>
          {seatless ? (
            <Seatless consultation={c} />
          ) : (
            <OwnPicture media={visit.media} consultation={c} />
          )}
          {accompanying && state?.phase === 'waiting' && call && (
            <Panel title={t('room.view.title')} note={t('room.view.note')}>
              <Bystanders
                others={others}
                patientPresent={c.patient_present}
                onChange={(next) => {
                  setOthers(next)
                  call.setView(next)
                }}
              />
            </Panel>
          )}
        </div>
        {(gated || !seatless) && (
          <div className={`${css.column} ${css.card}`}>
            {!seatless && <DeviceTestView test={test} />}
            {gated && <Gate consultation={c} />}
          </div>
        )}
        <div className={css.column}>
          {!narrow && rung}
          {booked && <Coming consultation={c} waits={state?.phase === 'waiting'} />}
          {!narrow && door}
          <Link className="small" to={paths.consultation(c.id)}>
            {t('room.back_to_case')}
          </Link>
        </div>
      </main>
    </>
  )
}
