/** The patient, always shown, with the time of the call and the quality of the connection. */
import { WifiOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../api/clock'
import { useSession } from '../../../api/session'
import type { CallState } from '../../../call'
import { toneOf } from '../../../consultation/tones'
import { type Consultation, identityOf } from '../../../consultation/view'
import { LanguageSwitch } from '../../../kit/LanguageSwitch'
import { useNotices } from '../../../kit/notices'
import { PatientBanner } from '../../../kit/PatientBanner'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { useFits } from '../../../kit/useFits'
import css from './room.module.css'
import { useNarrow } from './useNarrow'

/** 18:24, or 1:02:09. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`
}

function Running({ since }: { since: string }) {
  const now = useNow()
  return <span role="timer">{clock(now - Date.parse(since))}</span>
}

const TONES = { good: css.good, fair: css.fair, poor: css.poor }

type Link = Pick<CallState, 'link' | 'linked' | 'silent'>

/** How well this page's line is. */
export function Network({ link, linked, silent, short }: Link & { short: boolean }) {
  const { t } = useTranslation()
  const level = linked && !silent ? (link?.level ?? null) : 'poor'
  if (!level) return null
  const words = t(linked ? `room.net.${silent ? 'silent' : level}` : 'room.net.lost')
  const rtt = linked && link?.rtt !== undefined ? Math.round(link.rtt) : null
  return (
    <span
      className={`${css.chip} ${TONES[level]}`}
      title={rtt === null ? '' : t('room.net.rtt', { ms: String(rtt) })}
    >
      <WifiOutlined aria-hidden />{' '}
      {short && linked && !silent ? (
        <>
          <span aria-hidden>{t(`room.tile.level.${level}`)}</span>
          <span className="unseen">{words}</span>
        </>
      ) : (
        words
      )}
    </span>
  )
}

export function Banner({
  consultation: c,
  link,
}: {
  consultation: Consultation
  link: Link | null
}) {
  const { t } = useTranslation()
  const { demo } = useSession()
  const { hospital } = usePeopleWords()
  const running = c.state === 'in_progress' && c.started_at
  const apart = useFits('(max-width: 1199px)')
  const narrow = useNarrow()
  const { apart: bell } = useNotices()
  const beside = (
    <span className={css.beside}>
      {demo && <span className={css.demo}>{t('app.demo')}</span>}
      <Pill tone={toneOf(c.state)}>
        {t(`consultation.state.${c.state}`)} {running && <Running since={running} />}
      </Pill>
      {link && <Network {...link} short={narrow} />}
      <span className={css.tools}>
        {bell}
        {narrow && <LanguageSwitch />}
      </span>
    </span>
  )
  return (
    <div>
      {c.patient && (
        <PatientBanner
          patient={identityOf(c.patient, c.content, hospital, c.department_en)}
          extra={apart ? undefined : beside}
        />
      )}
      {(apart || !c.patient) && <div className={css.nameless}>{beside}</div>}
    </div>
  )
}
