import { expect, test } from 'vitest'
import { changeOf, over } from './form'
import { measuresOf, measureText, vitalsOf } from './measures'
import { laterOf, leftEmpty, missingNow, sectionOf, sectionsOf } from './sections'
import { rowOf } from './testing'
import { asSoonAsPossible, covered, grid, isAsSoonAsPossible, toggled } from './wishes'

const typed = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).map(([field, mine]) => [field, { mine, before: null }]))

test('what is typed lies over the row, and an accompanying physician can be cleared', () => {
  const row = rowOf({ accompanying_id: 'a' })
  const shown = over(row, typed({ bed: '4', ward: 'B', accompanying_id: null }), () => null)
  expect([shown.content.bed, shown.content.ward, shown.accompanying_id]).toEqual(['4', 'B', null])
  expect(shown.content.history).toBe('胸痛')
})

test('the server is sent what was typed, each where it takes it', () => {
  expect(changeOf(rowOf(), typed({ mode: 'written', bed: '4' }))).toEqual({
    mode: 'written',
    content: { bed: '4' },
  })
  expect(changeOf(rowOf(), typed({ mode: 'written' }))).toEqual({ mode: 'written' })
})

test.each([
  [
    'D-二聚体 8.62 mg/L ↑',
    { code: null, name: 'D-二聚体', value: '8.62', unit: 'mg/L', flag: 'high' },
  ],
  ['血压 172/98 mmHg', { code: null, name: '血压', value: '172/98', unit: 'mmHg', flag: '' }],
  ['SpO₂：97%', { code: null, name: 'SpO₂', value: '97', unit: '%', flag: '' }],
  ['CA125 35 U/mL ‼', { code: null, name: 'CA125', value: '35', unit: 'U/mL', flag: 'critical' }],
  ['hs-cTnT <0.003 μg/L', { code: null, name: 'hs-cTnT', value: '<0.003', unit: 'μg/L', flag: '' }],
  ['血培养 阴性', { code: null, name: '血培养', value: '阴性', unit: '', flag: '' }],
  ['意识清', { code: null, name: '意识清', value: '', unit: '', flag: '' }],
])('%s is a measure', (text, measure) => {
  expect(measuresOf(text)).toEqual([measure])
})

test('a vital sign has its code in either language; what is none has none', () => {
  const codes = (text: string) => vitalsOf(text).map(({ code }) => code)
  expect(codes('心率 96 次/分；血压 172/98 mmHg')).toEqual(['heart_rate', 'blood_pressure'])
  expect(codes('Heart rate 96 /min; BP 172/98 mmHg; 疼痛评分 3')).toEqual([
    'heart_rate',
    'blood_pressure',
    null,
  ])
})

test('measures are written as they are read', () => {
  const text = '心率 96 次/分；SpO₂ 97 %；乳酸 2.4 mmol/L ↑'
  expect(measureText(measuresOf(text))).toBe(text)
  expect(measuresOf('a 1;\n；b 2')).toHaveLength(2)
})

test('a stat request says what may follow, and ticks no part that is empty', () => {
  const stat = rowOf({ urgency: 'stat', state: 'draft', consents: [], packet: [] })
  stat.content = { ...stat.content, studies: [], no_images: false, vitals: [] }
  expect([...laterOf(stat)]).toEqual(expect.arrayContaining(['summary', 'images', 'consent']))
  expect(laterOf({ ...stat, urgency: 'urgent' }).size).toBe(0)
  expect(laterOf({ ...stat, state: 'approved' }).size).toBe(0) // from then on it is missing
})

test('an emergency wishes for no time', () => {
  expect(sectionsOf({ urgency: 'stat' })).not.toContain('wishes')
  expect(sectionsOf({ urgency: 'urgent' })).toContain('wishes')
})

const MORNING = Date.parse('2026-03-02T09:30:00+08:00')

test('touching parts of the day become one wish, and a click takes one out again', () => {
  const cells = grid(MORNING)
  const [today, tomorrow] = [cells[0] ?? [], cells[1] ?? []]
  let wishes = toggled(cells, [], today[1] ?? fail())
  wishes = toggled(cells, wishes, today[2] ?? fail())
  wishes = toggled(cells, wishes, tomorrow[0] ?? fail())
  expect(wishes.map(({ start, end }) => [start, end])).toEqual([
    ['2026-03-02T04:00:00.000Z', '2026-03-02T14:00:00.000Z'],
    ['2026-03-03T00:00:00.000Z', '2026-03-03T04:00:00.000Z'],
  ])
  wishes = toggled(cells, wishes, today[1] ?? fail())
  expect(covered(today[1] ?? fail(), wishes)).toBe(false)
  expect(covered(today[2] ?? fail(), wishes)).toBe(true)
})

test('a part of the day that is over is past; a wish of another week stays', () => {
  const cells = grid(Date.parse('2026-03-02T12:00:00+08:00'))
  expect(cells[0]?.map(({ past }) => past)).toEqual([true, false, false])
  const far = { start: '2026-04-01T00:00:00Z', end: '2026-04-01T04:00:00Z' }
  expect(toggled(cells, [far], cells[0]?.[1] ?? fail())).toContainEqual(far)
})

const at = (clock: string) => Date.parse(`2026-03-02T${clock}:00+08:00`)

test.each([
  ['09:30', 4, '2026-03-02T18:00:00+08:00', ['0 morning', '0 afternoon']],
  ['13:45', 4, '2026-03-02T18:00:00+08:00', ['0 afternoon']],
  [
    '13:45',
    24,
    '2026-03-03T18:00:00+08:00',
    ['0 afternoon', '0 evening', '1 morning', '1 afternoon'],
  ],
  ['23:00', 4, '2026-03-03T03:00:00+08:00', []],
])(
  'as soon as possible at %s within %i hours begins now and ticks every part it reaches',
  (clock, hours, end, ticked) => {
    const wishes = asSoonAsPossible(at(clock), hours)
    expect(wishes.map((wish) => [Date.parse(wish.start), Date.parse(wish.end)])).toEqual([
      [at(clock), Date.parse(end)],
    ])
    const shown = grid(at(clock)).flatMap((parts, day) =>
      parts.filter((part) => covered(part, wishes)).map(({ half }) => `${day} ${half}`),
    )
    expect(shown).toEqual(ticked)
  },
)

test('what was ticked for now stays ticked a quarter of an hour later, and beside another part', () => {
  const wishes = asSoonAsPossible(at('13:45'), 4)
  const cells = grid(at('14:00'))
  const more = toggled(cells, wishes, cells[1]?.[0] ?? fail())
  expect(cells.flat().filter((part) => covered(part, more))).toHaveLength(2)
})

test('a wish of now is for as soon as possible, one of later or before is not', () => {
  const [wish = fail()] = asSoonAsPossible(at('13:45'), 4)
  const times = ['13:30', '13:45', '17:59', '18:00'] as const
  expect(times.map((clock) => isAsSoonAsPossible(wish, at(clock)))).toEqual([
    false,
    true,
    true,
    false,
  ])
})

test('what is missing follows what is typed, in the order of the form', () => {
  expect(missingNow(rowOf())).toEqual(['patient', 'purpose', 'consent', 'wishes'])
  const typed = rowOf({}, { purpose: '问题', history: ' ' })
  expect(missingNow(typed)).toEqual(['patient', 'history', 'consent', 'wishes'])
  expect(missingNow(rowOf({ mode: 'written' }))).not.toContain('wishes')
})

test('a stat request lacks patient, place and question only', () => {
  expect(missingNow(rowOf({ urgency: 'stat' }, { ward: '', department: '' }))).toEqual([
    'patient',
    'ward',
    'purpose',
  ])
})

test('once it is submitted, a stat request owes the whole set', () => {
  const row = rowOf({ urgency: 'stat', state: 'approved', missing: ['bed'] }, { bed: '' })
  expect(missingNow(row)).toEqual(['bed', 'purpose'])
})

test('once it stands only what can still be filled in is missing, and the rest was left empty', () => {
  const missing = ['title_wanted', 'studies', 'checklist.ecg', 'consent']
  const stands = { urgency: 'stat', state: 'answering', missing, writable: false } as const
  const before = rowOf({ ...stands, papers_open: true })
  expect(missingNow(before)).toEqual(['studies', 'checklist.ecg', 'consent'])
  expect([...leftEmpty(before)]).toEqual(['wanted'])
  const after = rowOf({ ...stands, state: 'signed', papers_open: false })
  expect(missingNow(after)).toEqual(['consent'])
  expect([...leftEmpty(after)]).toEqual(['wanted', 'images', 'attachments'])
})

test('every missing word has a section', () => {
  expect(sectionOf('checklist.ecg')).toBe('attachments')
  expect(sectionOf('medicines')).toBe('summary')
})

function fail(): never {
  throw new Error('the grid has no such cell')
}
