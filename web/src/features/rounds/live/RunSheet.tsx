/** The beds in their turn, with the time of each, at the left. */
import { useTranslation } from 'react-i18next'
import { serverNow, useNow } from '../../../api/clock'
import { useFormat } from '../../../i18n/format'
import { usePatientWords } from '../../../kit/patient'
import { usePeopleWords } from '../../../kit/people'
import { useLacks } from '../lacks'
import { useWhy } from '../why'
import { AddBed } from './AddBed'
import { KEYS } from './keys'
import { type Item, isAhead, type Round } from './queries'
import css from './runSheet.module.css'
import { clock, isOver, type Line, secondsAt, sheetOf } from './sheet'

type Props = { round: Round; shown: Item | null; onLook: (item: string) => void }

export function RunSheet({ round, shown, onLook }: Props) {
  const { t } = useTranslation()
  const { time } = useFormat()
  useNow()
  // Not the whole second: an answer is newer than the second in which it came.
  const now = serverNow()
  const sheet = sheetOf(round, now)
  return (
    <nav className={css.sheet} aria-label={t('rounds_live.sheet.title')}>
      <Title round={round} sheet={sheet} />
      <ol className={css.beds}>
        {sheet.lines.map((line) => (
          <li key={line.item.id}>
            <Row
              line={line}
              round={round}
              now={now}
              shown={shown?.id === line.item.id}
              onLook={onLook}
            />
          </li>
        ))}
        {round.hidden > 0 && (
          <li className={css.more}>{t('rounds_live.sheet.hidden', { count: round.hidden })}</li>
        )}
      </ol>
      <AddBed round={round} />
      <footer className={css.foot}>
        {isAhead(round) && <p>{t('rounds_live.sheet.locks', { at: time(round.locks_at) })}</p>}
        {KEYS.filter(({ word }) => word === 'next' || word === 'instruct' || word === 'help').map(
          ({ shown: key, word }) => (
            <span key={key}>
              <kbd>{key}</kbd> {t(`rounds_live.keys.${word}`)}
            </span>
          ),
        )}
      </footer>
    </nav>
  )
}

function Title({ round, sheet }: { round: Round; sheet: ReturnType<typeof sheetOf> }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { named } = usePeopleWords()
  const { visited, total, behind } = sheet
  return (
    <header className={css.head}>
      <p>
        <b>{named({ name: round.ward, name_en: round.ward_en })}</b>
        {round.lead && (
          <span className="push">{t('rounds_live.sheet.lead', { name: named(round.lead) })}</span>
        )}
      </p>
      <progress className={css.progress} value={visited} max={Math.max(1, total)}>
        {visited}
      </progress>
      <p>
        <span>{t('rounds_live.sheet.beds', { n: String(visited), of: String(total) })}</span>
        <span className={css.quiet}>
          {time(round.starts_at)}–{time(round.ends_at)}
        </span>
        {behind !== null && (
          <span className={`push ${behind > 0 ? 'soon' : ''}`}>
            {behind === 0
              ? t('rounds_live.sheet.on_time')
              : t(`rounds_live.sheet.${behind > 0 ? 'behind' : 'ahead'}`, {
                  n: String(Math.abs(behind)),
                })}
          </span>
        )}
      </p>
    </header>
  )
}

type RowProps = {
  line: Line
  round: Round
  now: number
  shown: boolean
  onLook: (item: string) => void
}

function Row({ line, round, now, shown, onLook }: RowProps) {
  const { t } = useTranslation()
  const patients = usePatientWords()
  const { item, mark } = line
  const seconds = secondsAt(item, round.server_time, now)
  const over = isOver(item, seconds)
  const share = Math.min(100, (seconds / (item.minutes * 60)) * 100)
  return (
    <button
      type="button"
      className={css.bed}
      data-mark={mark}
      data-shown={shown}
      aria-current={mark === 'now' ? 'step' : undefined}
      onClick={() => onLook(item.id)}
    >
      <b className={css.number}>{t('patient.bed', { bed: item.bed })}</b>
      <span className={css.line}>
        <span className={css.who}>
          {item.patient ? patients.brief(item.patient) : t('rounds_live.not_agreed')}
        </span>
        <Times line={line} seconds={seconds} over={over} />
      </span>
      <span className={css.line}>
        <span className={css.what}>
          <About item={item} mark={mark} />
        </span>
        <span className={css.mark}>
          {mark === 'done' && '✓ '}
          {t(`rounds_live.mark.${mark}`)}
        </span>
      </span>
      {mark === 'now' && <i className={css.box} data-over={over} style={{ width: `${share}%` }} />}
    </button>
  )
}

/** How long it took or takes; else when it is expected to begin. */
function Times({ line, seconds, over }: { line: Line; seconds: number; over: boolean }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { item, mark, begins } = line
  const taken = over ? css.over : css.time
  if (mark === 'now')
    return (
      <span className={taken} role="timer">
        {clock(seconds)} / {clock(item.minutes * 60)}
        {over && <span className="unseen">{t('rounds_live.sheet.over')}</span>}
      </span>
    )
  if (mark === 'done') return <span className={taken}>{clock(seconds)}</span>
  if (begins === null) return null
  return (
    <span className={css.time}>
      {t('rounds_live.sheet.begins', {
        at: time(new Date(begins).toISOString()),
        n: String(item.minutes),
      })}
    </span>
  )
}

function About({ item, mark }: { item: Item; mark: Line['mark'] }) {
  const { t } = useTranslation()
  const lacksOf = useLacks('rounds_live')
  const said = useWhy()(item.why) || item.summary
  if (!item.patient) return null
  if (mark === 'done')
    return [item.summary, t('rounds_live.sheet.given', { count: item.instructions })]
      .filter(Boolean)
      .join(' · ')
  if (mark === 'skipped' || mark === 'deferred' || mark === 'now' || item.gone) return said
  const lacks = lacksOf(item).join(t('state.comma'))
  return (
    <>
      {said && <span className={css.said}>{said}</span>}
      {said && '· '}
      {lacks ? (
        <b className={`soon ${css.lacks}`}>{t('rounds_live.sheet.lacks', { what: lacks })}</b>
      ) : (
        <span className={css.ready}>{t('rounds_live.sheet.ready')}</span>
      )}
    </>
  )
}
