/** The patient of the bed on the screen, always; beside them how long the round goes on and how the line is. */
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../api/clock'
import { useSession } from '../../../api/session'
import type { CallState } from '../../../call'
import { useNotices } from '../../../kit/notices'
import { PatientBanner } from '../../../kit/PatientBanner'
import { Pill, type Tone } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { clock, Network } from '../../room/pictures/Banner'
import css from './live.module.css'
import { type Item, isRunning, type Round } from './queries'

type Props = { round: Round; shown: Item | null; state: CallState | null }

const TONES: Partial<Record<Round['state'], Tone>> = { live: 'brand', paused: 'urgent' }

export function Head({ round, shown, state }: Props) {
  const { t } = useTranslation()
  const { demo } = useSession()
  const { apart: bell } = useNotices()
  const { hospital, named } = usePeopleWords()
  const beside = (
    <span className={css.beside}>
      {demo && <span className={css.demo}>{t('app.demo')}</span>}
      <Pill tone={TONES[round.state] ?? 'quiet'}>
        {t(`rounds_live.state.${round.state}`)}{' '}
        {isRunning(round) && round.started_at && <Running since={round.started_at} />}
      </Pill>
      {state && state.phase === 'in' && <Network {...state} short={false} />}
      {bell}
    </span>
  )
  if (!shown?.patient)
    return (
      <div className={css.nobody}>
        <b>{named({ name: round.ward, name_en: round.ward_en })}</b>
        {beside}
      </div>
    )
  const { number, ...patient } = shown.patient
  return (
    <PatientBanner
      patient={{
        ...patient,
        number: number ? { kind: 'admission', value: number } : null,
        place: {
          hospital: hospital(round.branch_id),
          department: round.ward,
          department_en: round.ward_en,
          bed: shown.bed,
        },
      }}
      extra={beside}
    />
  )
}

function Running({ since }: { since: string }) {
  const now = useNow()
  return <span role="timer">{clock(now - Date.parse(since))}</span>
}
