/** Calipers on the paper: two ends, each moved with the mouse or the arrow keys, and what lies between them. */
import { Button } from 'antd'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { between, MARGIN, type Setting, type Sheet } from '../../../viewer/ecg/paper'
import css from './ecg.module.css'

export type Point = readonly [number, number]
export type Ends = { a: Point; b: Point }

const STEP_MM = 0.25
const FAST_MM = 5
const WAYS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

const GRIP_MM = 2.5

/** The end that a press at this place takes hold of. */
export const endAt = (ends: Ends | null, [x, y]: Point): 'a' | 'b' | null =>
  (['b', 'a'] as const).find(
    (end) => ends && Math.hypot(ends[end][0] - x, ends[end][1] - y) <= GRIP_MM,
  ) ?? null

type Props = { ends: Ends; sheet: Sheet; setting: Setting; onMove: (ends: Ends) => void }

export function Calipers({ ends, sheet, setting, onMove }: Props) {
  const { t } = useTranslation()
  const { a, b } = ends
  const press = (end: 'a' | 'b') => (event: KeyboardEvent) => {
    const way = WAYS[event.key]
    if (!way) return
    event.preventDefault()
    event.stopPropagation()
    const by = event.shiftKey ? FAST_MM : STEP_MM
    const [x, y] = ends[end]
    const inside = (at: number, most: number) => Math.min(most, Math.max(0, at))
    const to: Point = [inside(x + way[0] * by, sheet.width), inside(y + way[1] * by, sheet.height)]
    onMove({ ...ends, [end]: to })
  }
  return (
    <g className={css.calipers}>
      <path d={`M${a[0]} 0V${sheet.height}M${b[0]} 0V${sheet.height}M${a[0]} ${b[1]}H${b[0]}`} />
      <path className={css.level} d={`M0 ${a[1]}H${sheet.width}M0 ${b[1]}H${sheet.width}`} />
      {(['a', 'b'] as const).map((end) => (
        <circle
          key={end}
          cx={ends[end][0]}
          cy={ends[end][1]}
          r={1.6}
          tabIndex={0}
          role="slider"
          aria-label={t(`ecg.end.${end}`)}
          aria-valuenow={Math.round(ends[end][0] * 100) / 100}
          aria-valuemin={0}
          aria-valuemax={sheet.width}
          aria-valuetext={t('ecg.place', {
            s: ((ends[end][0] - MARGIN) / setting.speed).toFixed(2),
            mm: (sheet.height - ends[end][1]).toFixed(1),
          })}
          onKeyDown={press(end)}
        />
      ))}
    </g>
  )
}

type ReadoutProps = { ends: Ends | null; setting: Setting; onPut: () => void }

export function Readout({ ends, setting, onPut }: ReadoutProps) {
  const { t } = useTranslation()
  const found = ends && between(ends.a, ends.b, setting)
  return (
    <div className={css.line}>
      {!found && (
        <Button size="small" onClick={onPut}>
          {t('ecg.put')}
        </Button>
      )}
      <span role="status">
        {found
          ? t('ecg.caliper', {
              ms: String(found.ms),
              bpm: found.bpm === null ? '—' : String(found.bpm),
              mv: found.mv.toFixed(2),
            })
          : t('ecg.caliper_hint')}
      </span>
    </div>
  )
}

/** A second apart, a millivolt high. */
export const usualEnds = ({ rows }: Sheet, { speed, gain }: Setting): Ends => ({
  a: [MARGIN, rows[0] ?? 0],
  b: [MARGIN + speed, (rows[0] ?? 0) - gain],
})
