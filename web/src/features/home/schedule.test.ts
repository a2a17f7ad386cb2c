import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { shownOf } from './schedule'

const NOW = Date.parse('2026-11-26T13:00:00+08:00')
const entry = (from: string, to: string, phase: Schemas['AgendaEntry']['phase'] = null) => ({
  starts_at: `2026-11-26T${from}:00+08:00`,
  ends_at: `2026-11-26T${to}:00+08:00`,
  phase,
})

test('a busy time goes by the clock', () => {
  const day = [entry('09:00', '10:00'), entry('12:30', '13:30'), entry('14:00', '15:00')]
  expect(shownOf(day, NOW)).toEqual(['done', 'now', 'next'])
})

test('a consultation shows what became of it, whatever its time says', () => {
  const day = [
    entry('08:00', '08:40', 'unsettled'),
    entry('09:00', '09:40', 'planned'),
    entry('12:40', '13:20', 'over'),
    entry('12:40', '13:20', 'interrupted'),
    entry('12:40', '13:20', 'planned'),
    entry('13:10', '13:50', 'running'),
    entry('14:00', '14:40', 'over'),
    entry('15:00', '15:40', 'unsettled'),
    entry('16:00', '16:40', 'planned'),
    entry('17:00', '17:40', 'planned'),
  ]
  expect(shownOf(day, NOW)).toEqual([
    'unheld',
    'unheld',
    'done',
    'interrupted',
    'late',
    'now',
    'done',
    'unsettled',
    'next',
    'later',
  ])
})
