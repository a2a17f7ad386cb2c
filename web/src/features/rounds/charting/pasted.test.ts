import { expect, test } from 'vitest'
import { EMPTY, measureOf, pasted, textOf } from './pasted'

const NOW = Date.parse('2026-11-30T03:20:00Z') // 11:20 in Shanghai

test('lines of a spreadsheet and of a CSV file are the same, with and without headings', () => {
  const line = { ...EMPTY, name: '血钾', value: '3.3', unit: 'mmol/L' }
  const whole = { ...line, ref_low: '3.5', ref_high: '5.3', at: '2026-11-30T07:35' }
  expect(pasted('项目\t结果\t单位\n血钾\t3.3\tmmol/L', NOW)).toEqual({ lines: [line], wrong: [] })
  expect(pasted('血钾,3.3,mmol/L,3.5,5.3,07:35\r\n\r\n', NOW).lines).toEqual([whole])
  expect(pasted('血钾，3.3，mmol/L，3.5，5.3，11-30 07:35', NOW).lines).toEqual([whole])
  expect(pasted('血钾,3.3,mmol/L,3.5,5.3,2026/11/30 07:35:12', NOW).lines).toEqual([whole])
})

test('a cell in quotes may hold a comma and quotes', () => {
  expect(pasted('"肌酐, 血","""86""",μmol/L', NOW).lines).toEqual([
    { ...EMPTY, name: '肌酐, 血', value: '"86"', unit: 'μmol/L' },
  ])
})

test('a line without a result or with a day that does not exist is named and not guessed', () => {
  expect(pasted('血钾,3.3\n血钠\n血糖,5.6,,,,2026-11-31 08:00\n血氯,101,,,,上午', NOW)).toEqual({
    lines: [{ ...EMPTY, name: '血钾', value: '3.3' }],
    wrong: [2, 3, 4],
  })
})

test('a vital sign goes under its code, a test under its name, each at its time or the one of the form', () => {
  const form = '2026-11-30T11:20'
  expect(measureOf({ ...EMPTY, name: '心率', value: '88', unit: '次/分' }, form)).toMatchObject({
    ...{ kind: 'vital', code: 'heart_rate', value: '88', at: '2026-11-30T03:20:00.000Z' },
  })
  expect(
    measureOf({ ...EMPTY, name: '血钾', value: '3.3', at: '2026-11-30T07:35' }, form),
  ).toMatchObject({ kind: 'test', code: '血钾', at: '2026-11-29T23:35:00.000Z' })
})

test('a file that Excel has written on a Chinese Windows is read too', () => {
  const bytes = new Uint8Array([0xd1, 0xaa, 0xbc, 0xd8, 0x2c, 0x33]) // 血钾,3 in GB 18030
  expect(textOf(bytes.buffer)).toBe('血钾,3')
  expect(textOf(new TextEncoder().encode('血钾,3').buffer as ArrayBuffer)).toBe('血钾,3')
})
