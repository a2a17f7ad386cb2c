/** What was measured, in words: the first line is what a report cites. */
import type { Words } from '../words'
import { figuresOf } from './kinds'
import type { Area, Figures, Mark, Measured, Unit, Values } from './mark'
import type { MarkKind } from './names'

/** At most three digits after the point where the number is small, none where it is whole. */
export function said(value: number): string {
  const size = Math.abs(value)
  const digits = Number.isInteger(value)
    ? String(value)
    : size >= 100
      ? value.toFixed(1)
      : size >= 1
        ? value.toFixed(2)
        : String(Number(value.toPrecision(3)))
  return digits.replace('-', '−')
}

const withBasis = (value: string, basis: Area['basis'], words: Words): string =>
  words.basis[basis] ? `${value} ${words.basis[basis]}` : value

function unitWord({ symbol }: Unit, words: Words): string {
  if (symbol === null) return ` ${words.measure.stored}`
  return symbol && ` ${symbol}`
}

function valueLines(kind: MarkKind, values: Values | null, words: Words): string[] {
  const { measure } = words
  if (!values) return [measure.noValues]
  const { unit } = values
  if (values.mean === undefined) return [measure.padding]
  const name = unitWord(unit, words)
  const lacking = unit.noSuv && unit.noSuv !== 'units' ? [measure.noSuv[unit.noSuv]] : []
  if (kind === 'probe') return [`${said(values.mean)}${name}`, ...lacking]
  const { mean, sd, min, max } = values
  return [
    measure.mean(`${rounded(mean)}${name}`, rounded(sd)),
    measure.range(said(min), said(max)),
    ...lacking,
  ]
}

/** A mean has no more digits than make sense beside whole numbers. */
const rounded = (value: number): string =>
  Math.abs(value) >= 10 ? value.toFixed(1).replace('-', '−') : said(value)

function areaLines(area: Area | 'crossed', count: number, words: Words): string[] {
  const { measure } = words
  if (area === 'crossed') return [measure.crossed]
  const value = `${area.value.toFixed(area.unit === 'mm²' ? 1 : 0)} ${area.unit}`
  const line = measure.area(withBasis(value, area.basis, words))
  return [count > 0 ? `${line}${words.comma}${measure.pixels(count)}` : line]
}

function measuredLines(kind: MarkKind, figures: Figures, words: Words): string[] {
  const { length, angle, area, values } = figures
  const lines: string[] = []
  if (length) {
    const value = `${length.value.toFixed(length.unit === 'mm' ? 1 : 0)} ${length.unit}`
    lines.push(withBasis(value, length.basis, words))
  }
  if (angle !== undefined) lines.push(`${kind === 'cobb' ? 'Cobb ' : ''}${angle.toFixed(1)}°`)
  const of = values === undefined ? [] : valueLines(kind, values, words)
  const size = area === undefined ? [] : areaLines(area, values?.count ?? 0, words)
  // First what the tool is for: an outline measures an area, and where there are no values only that is left.
  const sizeFirst = kind === 'polygon' || !values?.count
  return [...lines, ...(sizeFirst ? [...size, ...of] : [...of, ...size])]
}

/** The lines beside a mark; of a preview nothing is measured. */
export function textOf(mark: Mark, on: Measured, words: Words): string[] {
  const figures = figuresOf(mark, on)
  const written = mark.text === '' ? [] : [mark.text]
  return figures ? [...written, ...measuredLines(mark.kind, figures, words)] : written
}

/** Of another person's mark, first whose it is. */
export const linesOf = (mark: Mark, on: Measured, words: Words, by?: string): string[] => [
  ...(by ? [by] : []),
  ...textOf(mark, on, words),
]
