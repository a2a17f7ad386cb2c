/** The ten steps of a consultation: when each was reached, how long it took, who had it. */
import { useTranslation } from 'react-i18next'
import { useNow } from '../api/clock'
import { useFormat } from '../i18n/format'
import css from './StateLine.module.css'
import type { Step } from './types'

function useDueWords() {
  const { t } = useTranslation()
  const { moment, duration } = useFormat()
  return (due: Step['due'] | undefined): string => {
    if (!due) return ''
    if (due.kind === 'at') return t('steps.due.at', { at: moment(due.at) })
    if (due.kind === 'when_all_done') return t('steps.due.when_all_done')
    return t(`steps.due.${due.kind}`, { time: duration(due.minutes * 60_000) })
  }
}

const MINUTE = 60_000

function Since({ at }: { at: string }) {
  const { t } = useTranslation()
  const { moment, duration } = useFormat()
  const gone = useNow() - Date.parse(at)
  if (gone < MINUTE) return <>{t('steps.since_now', { at: moment(at) })}</>
  // Whole minutes, so that the digits do not run beside the countdown above.
  const time = duration(Math.floor(gone / MINUTE) * MINUTE)
  return <>{t('steps.since', { at: moment(at), time })}</>
}

function When({ step }: { step: Step }) {
  const { t } = useTranslation()
  const { moment, duration } = useFormat()
  const dueWords = useDueWords()
  const { state, reached_at, took_ms } = step
  if (!reached_at) return <>{dueWords(step.due)}</>
  if (state === 'current') return <Since at={reached_at} />
  // A step of another day needs its date.
  const at = moment(reached_at)
  if (!took_ms) return <>{at}</>
  // Under a minute in seconds, else to the nearest minute, as on the record.
  const took = took_ms < MINUTE ? took_ms : Math.round(took_ms / MINUTE) * MINUTE
  return <>{t('steps.passed', { at, time: duration(took) })}</>
}

export function StateLine({ steps }: { steps: Step[] }) {
  const { t } = useTranslation()
  return (
    <ol className={css.line} aria-label={t('steps.title')}>
      {steps.map((step) => (
        <li
          key={step.name}
          className={css[step.state]}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          <b>{t(`steps.name.${step.name}`)}</b>
          <span>
            <When step={step} />
          </span>
          <span>{step.holder ?? ''}</span>
        </li>
      ))}
    </ol>
  )
}
