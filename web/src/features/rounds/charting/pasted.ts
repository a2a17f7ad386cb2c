/** Lines copied from a table or a CSV file: 项目, 结果, 单位, 参考下限, 参考上限, 时间. Only the first two are needed. */
import { signOf } from '../../../kit/vitals'
import { fromField, toField } from '../../../zone'

export type Line = {
  name: string
  value: string
  unit: string
  ref_low: string
  ref_high: string
  /** As a field of type datetime-local has it; empty: the time of the form. */
  at: string
}
export const EMPTY: Line = { name: '', value: '', unit: '', ref_low: '', ref_high: '', at: '' }

const HEADINGS = /^(项目|项目名称|名称|name|item|test)$/i

/** `wrong`: the lines, counted from 1, of which nothing can be read. */
export function pasted(text: string, now: number): { lines: Line[]; wrong: number[] } {
  const lines: Line[] = []
  const wrong: number[] = []
  text.split(/\r\n|\r|\n/).forEach((line, n) => {
    const cells = cellsOf(line)
    if (cells.every((each) => each === '') || (n === 0 && HEADINGS.test(cells[0] ?? ''))) return
    const [name = '', value = '', unit = '', ref_low = '', ref_high = '', when = ''] = cells
    const at = when === '' ? '' : momentOf(when, now)
    if (!name || !value || at === null) wrong.push(n + 1)
    else lines.push({ name, value, unit, ref_low, ref_high, at })
  })
  return { lines, wrong }
}

/** By tabs, as a spreadsheet copies, or by commas of either kind; a cell in quotes may hold them. */
function cellsOf(line: string): string[] {
  const tabs = line.includes('\t')
  const cell = tabs ? /("(?:[^"]|"")*"|[^\t]*)(\t|$)/y : /("(?:[^"]|"")*"|[^,，]*)([,，]|$)/y
  const found: string[] = []
  for (let each = cell.exec(line); each; each = cell.exec(line)) {
    found.push(unquoted((each[1] ?? '').trim()))
    if (each[2] === '') break
  }
  return found
}

const unquoted = (cell: string): string =>
  cell.startsWith('"') && cell.endsWith('"') && cell.length > 1
    ? cell.slice(1, -1).replaceAll('""', '"').trim()
    : cell

/** `2026-11-30 08:20`, `2026/11/30 08:20`, `11-30 08:20` of this year or `08:20` of today; null for anything else. */
function momentOf(said: string, now: number): string | null {
  const today = toField(new Date(now).toISOString())
  const found =
    /^(?:(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})[ T])?(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(said)
  if (!found) return null
  const [, year = today.slice(0, 4), month = today.slice(5, 7), day = today.slice(8, 10)] = found
  const two = (part = '') => part.padStart(2, '0')
  const field = `${year}-${two(month)}-${two(day)}T${two(found[4])}:${two(found[5])}`
  const iso = fromField(field)
  // 31 November is no day.
  return iso !== null && toField(iso) === field ? field : null
}

/** As it is sent: a vital sign by its code, so that it continues the line of what was measured before. */
export function measureOf({ name, at, ...more }: Line, otherwise: string) {
  const sign = signOf(name)
  return {
    ...more,
    ...{ kind: sign ? ('vital' as const) : ('test' as const), code: sign ?? name, name },
    at: fromField(at || otherwise) ?? otherwise,
  }
}

/** UTF-8, or what Excel writes on a Chinese Windows. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
