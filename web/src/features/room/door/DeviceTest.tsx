/** The device test before a call, line by line; starts by a click on the case page, by itself at the door. */
import {
  CheckOutlined,
  ExclamationCircleOutlined,
  LoadingOutlined,
  MinusOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Check, DeviceReport } from '../../../call'
import { useFormat } from '../../../i18n/format'
import { Notice } from '../../../kit/Notice'
import { useProblemText } from '../../../kit/problemText'
import css from '../visit/device.module.css'
import type { DeviceTesting } from './useDeviceTest'

const LINES = ['camera', 'microphone', 'signaling', 'media'] as const
type Line = (typeof LINES)[number]

/** Whether it works, works with a limitation, or does not work. */
const grade = (check: Check): 'good' | 'fair' | 'bad' =>
  check.state === 'ok' ? 'good' : check.state === 'silent' ? 'fair' : 'bad'

function Mark({ running, check }: { running: boolean; check: Check | undefined }) {
  if (running) return <LoadingOutlined aria-hidden />
  if (!check) return <MinusOutlined aria-hidden />
  return grade(check) === 'good' ? (
    <CheckOutlined aria-hidden className={css.good ?? ''} />
  ) : (
    <ExclamationCircleOutlined aria-hidden className={css[grade(check)] ?? ''} />
  )
}

function useFound(): (line: Line, check: Check) => string {
  const { t } = useTranslation()
  return (line, { state, value = 0, label }) => {
    if (line === 'media' && state === 'missing') return t('room.test.nothing_to_send')
    if (state !== 'ok') return t(`room.test.${state}`)
    if (line === 'camera') return label || t('room.test.picture')
    if (line === 'microphone') return label || t('room.test.sound')
    if (line === 'media') return t('room.test.loop')
    return t('room.test.took', { ms: String(Math.round(value)) })
  }
}

function Lines({ report, running }: { report: DeviceReport | null; running: boolean }) {
  const { t } = useTranslation()
  const found = useFound()
  return (
    <ul className={css.lines}>
      {LINES.map((line) => {
        const check = running ? undefined : report?.[line]
        return (
          <li key={line}>
            <Mark running={running} check={check} />
            <b>{t(`room.test.line.${line}`)}</b>
            <span className={`secondary ${css.found}`} title={check ? found(line, check) : ''}>
              {check ? found(line, check) : running ? t('room.test.testing') : ''}
            </span>
            {check && <b className={css[grade(check)]}>{t(`room.test.grade.${grade(check)}`)}</b>}
          </li>
        )
      })}
    </ul>
  )
}

/** What to do about each thing that does not work, once. */
function Remedies({ report }: { report: DeviceReport }) {
  const { t } = useTranslation()
  // Without a device nothing could be sent; the device's own line says so.
  const lines = LINES.filter((line) => line !== 'media' || report.media.state !== 'missing')
  const states = [...new Set(lines.map((line) => report[line].state))]
  const helped = states.filter((state) => state !== 'ok')
  return (
    <>
      {helped.map((state) => (
        <Notice key={state} tone={state === 'silent' ? 'info' : 'urgent'}>
          {t(`room.test.remedy.${state}`)}
          {state === 'insecure' && (
            <>
              {' '}
              <a href={window.location.href.replace(/^http:/, 'https:')}>
                {t('room.test.secure_address')}
              </a>
            </>
          )}
        </Notice>
      ))}
    </>
  )
}

type Props = {
  test: DeviceTesting
  /** What a good and a bad result mean here, if not for entering a room. */
  means?: { passed: string; failed: string }
}

export function DeviceTestView({ test, means }: Props) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const text = useProblemText()
  const { running, report, problem } = test
  return (
    <section className={css.test} aria-label={t('room.test.title')} aria-busy={running}>
      <header>
        <h2>{t('room.test.title')}</h2>
        {report && !running && <span className="secondary small">{time(report.at)}</span>}
        <Button className="push" size="small" loading={running} onClick={test.run}>
          {t(report ? 'room.test.again' : 'room.test.run')}
        </Button>
      </header>
      <p className={css.result} role="status">
        {running
          ? t('room.test.running')
          : report && (
              <b className={report.passed ? css.good : css.bad}>
                {report.passed
                  ? (means?.passed ?? t('room.test.passed'))
                  : (means?.failed ?? t('room.test.failed_some'))}
              </b>
            )}
      </p>
      <Lines report={report} running={running} />
      {report && !running && <Remedies report={report} />}
      {problem && <Notice tone="urgent">{t('room.test.not_kept', { why: text(problem) })}</Notice>}
    </section>
  )
}
