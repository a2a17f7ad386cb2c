/** Parses vital signs and tests typed as text, 「D-二聚体 8.62 mg/L ↑；乳酸 2.4 mmol/L」, into measures. */
import { signOf } from '../../kit/vitals'
import type { Measure } from './form'

const FLAGS: Record<string, Measure['flag']> = {
  '↑': 'high',
  '↓': 'low',
  '‼': 'critical',
  '!!': 'critical',
}
const ARROWS: Record<Measure['flag'], string> = { '': '', high: ' ↑', low: ' ↓', critical: ' ‼' }
/** Name, a number (with a slash, a range, a comparison), and the unit after it. */
const WITH_NUMBER = /^(.+?)[\s：:]+([<>≤≥]?\s?\d[\d./×~–-]*)\s*(.*)$/

export function measuresOf(text: string): Measure[] {
  return text
    .split(/[；;\n]+/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map(measureOf)
}

function measureOf(part: string): Measure {
  const mark = /(↑|↓|‼|!!)\s*$/.exec(part)
  const flag = (mark?.[1] && FLAGS[mark[1]]) || ''
  const plain = mark ? part.slice(0, mark.index).trim() : part
  const number = WITH_NUMBER.exec(plain)
  if (number) {
    const [, name = '', value = '', unit = ''] = number
    return { code: null, name: name.trim(), value: value.trim(), unit: unit.trim(), flag }
  }
  // A finding in words: 「血培养 阴性」.
  const words = /^(.+?)[\s：:]+(\S.*)$/.exec(plain)
  const [name, value] = [words?.[1] ?? plain, words?.[2] ?? '']
  return { code: null, name: name.trim(), value: value.trim(), unit: '', flag }
}

/** The measures of a text; vital signs get their code. */
export const vitalsOf = (text: string): Measure[] =>
  measuresOf(text).map((measure) => ({ ...measure, code: signOf(measure.name) }))

export const measureText = (measures: readonly Measure[], separator = '；'): string =>
  measures
    .map(({ name, value, unit, flag }) =>
      `${name} ${value}${unit ? ` ${unit}` : ''}${ARROWS[flag]}`.trim(),
    )
    .join(separator)
