/** 与分院报告比较: the branch's report under the hub's diagnosis, one of four grades, and the lines that differ. */
import { Checkbox, Radio } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Notice } from '../../kit/Notice'
import { isOurs } from '../../kit/shortcuts'
import { Text } from './BranchReport'
import css from './branchReport.module.css'
import { GRADES, linesOf, placesIn, type Tick } from './comparing'
import type { Reading } from './queries'
import type { Compared } from './useComparison'

type Props = { reading: Reading; compared: Compared; impression: string; readOnly?: boolean }

export function Compare({ reading, compared, impression, readOnly = false }: Props) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const [theirs] = reading.branch_reports
  const { picked } = compared
  const differs = picked !== null && picked.grade !== 'agreement'
  const ours = linesOf(impression)
  const whole = useInSight(picked?.grade)
  useKeys(!readOnly && theirs !== undefined, compared.pick)
  if (reading.purpose !== 'over_read') return null
  if (!theirs) return <Notice tone="urgent">{t('reading.compare.none_yet')}</Notice>
  return (
    <section ref={whole} className={css.compare} aria-label={t('reading.compare.title')}>
      <h3 className={css.heading}>
        <span>
          {t('reading.compare.title')} <i aria-hidden="true">*</i>
        </span>
        <span className="secondary small">
          {theirs.author} {dateTime(theirs.written_at)}
          {theirs.number > 1 &&
            ` · ${t('reading.branch_report.version', { number: String(theirs.number) })}`}
        </span>
      </h3>
      <Text of={theirs} ticked={differs} />
      {compared.outdated && <Notice tone="urgent">{t('reading.compare.outdated')}</Notice>}
      <Radio.Group
        className={css.grades ?? ''}
        optionType="button"
        buttonStyle="solid"
        aria-label={t('reading.compare.title')}
        disabled={readOnly}
        value={picked?.grade ?? null}
        options={GRADES.map((value, n) => ({
          value,
          label: t(`reading.grade.${value}`),
          title: `Alt+${n + 1}`,
        }))}
        onChange={(event) => compared.pick(event.target.value)}
      />
      <Before reading={reading} compared={compared} />
      {differs && (
        <>
          <Ticks
            label={t('reading.compare.theirs')}
            lines={theirs.lines}
            ticked={picked.branch}
            onTick={(n) => compared.tick('branch', n, theirs.lines)}
            disabled={readOnly}
          />
          <Ticks
            label={t('reading.compare.ours')}
            lines={ours}
            ticked={picked.hub}
            onTick={(n) => compared.tick('hub', n, ours)}
            disabled={readOnly}
          />
          <p className="secondary small">{t('reading.compare.writes_itself')}</p>
        </>
      )}
    </section>
  )
}

/** What the author had picked, where the reviewer now picks otherwise. */
function Before({ reading, compared }: Pick<Props, 'reading' | 'compared'>) {
  const { t } = useTranslation()
  const was = reading.state === 'written' ? reading.over_read?.grade : undefined
  if (!was || !compared.picked || compared.picked.grade === was) return null
  return (
    <p className={css.changed}>{t('reading.compare.was', { grade: t(`reading.grade.${was}`) })}</p>
  )
}

type TicksProps = {
  label: string
  lines: readonly string[]
  ticked: readonly Tick[]
  onTick: (n: number) => void
  disabled: boolean
}

function Ticks({ label, lines, ticked, onTick, disabled }: TicksProps) {
  if (lines.length === 0) return null
  const places = placesIn(lines, ticked)
  return (
    <fieldset className={css.ticks}>
      <legend>{label}</legend>
      {lines.map((line, n) => (
        <Checkbox
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is where it stands
          key={n}
          disabled={disabled}
          checked={places.includes(n)}
          onChange={() => onTick(n)}
        >
          {line}
        </Checkbox>
      ))}
    </fieldset>
  )
}

/** What is to be ticked after a pick must not stay behind the buttons at the foot. */
function useInSight(grade: string | undefined) {
  const whole = useRef<HTMLElement>(null)
  const before = useRef(grade)
  useEffect(() => {
    if (grade !== before.current) whole.current?.scrollIntoView({ block: 'nearest' })
    before.current = grade
  }, [grade])
  return whole
}

/** Alt+1 to Alt+4, also while one types. */
function useKeys(on: boolean, pick: Compared['pick']) {
  useEffect(() => {
    if (!on) return
    const pressed = (event: KeyboardEvent) => {
      const grade = GRADES[Number(/^Digit([1-4])$/.exec(event.code)?.[1] ?? 0) - 1]
      if (!grade || !event.altKey || event.ctrlKey || event.metaKey || !isOurs(event)) return
      event.preventDefault()
      pick(grade)
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [on, pick])
}
