import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { minutes, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { discrepancies } from '.'
import { type Discrepancies, daysWith } from './discrepancies'
import { Component } from './discrepanciesPage'

beforeAll(async () => void (await discrepancies()))

const doctor = (name: string) => ({ name, name_en: '', title: 'attending' as const })
const FOUND: Discrepancies = {
  items: [
    {
      ...{
        id: 'd',
        reading_id: 'a',
        grade: 'major',
        corrected: '',
        changed: true,
        branch_report: 2,
      },
      patient: {
        ...{ id: 'p', name: '赵天枢', pinyin: '', sex: 'male', age: 58, allergy: 'none' },
        ...{ hospital_id: 'wuxi', department: '心内科', department_en: '', bed: '3' },
      },
      ...{ branch_id: 'wuxi', hub_id: 'ruijin', modality: 'CT', examination: '主动脉 CTA' },
      ...{ branch_author: '顾秋分', branch_written_at: minutes(-90), written_at: minutes(-30) },
      ...{ branch_lines: [], hub_lines: ['左肾灌注减低'], issued_at: minutes(-10) },
      ...{ author: doctor('罗立夏'), reviewer: doctor('江小满') },
    },
  ],
  ...{ more: false, hidden: 3, grades: { agreement: 7, minor: 0, additional: 0, major: 1 } },
  ...{ branches: ['wuxi'], since: '2026-10-30', until: '2026-11-28' },
}

test('a discrepancy names both reports and opens its reading; sites and grades are asked for', async () => {
  const { user, server } = openPage({
    ...{ path: '/reading/discrepancies', at: '/reading/discrepancies', page: Component },
    ...{ session: session('reviewer') },
    answers: { 'GET /api/discrepancies': () => FOUND },
  })
  const [, line] = within(await screen.findByRole('table')).getAllByRole('row')
  expect(line?.textContent).toContain('未述')
  expect(line?.textContent).toContain('第 2 版')
  expect(screen.getByText('已发布复核 8 份')).toBeDefined()
  expect(screen.getByText(/另有 3 条/)).toBeDefined()
  const link = screen.getByRole('link', { name: '重大差异' })
  expect(link.getAttribute('href')).toBe('/reading/a')
  await user.click(screen.getByRole('combobox', { name: '结论' }))
  await user.click(await screen.findByTitle('轻微差异'))
  await waitFor(() => expect(server.asked.at(-1)?.url).toContain('grade=minor'))
})

test('one end of the days takes the other along; a year that is being typed is no year', () => {
  const days = { since: '2026-11-01', until: '2026-11-30' }
  expect(daysWith(days, 'since', '2026-11-10')).toEqual({
    since: '2026-11-10',
    until: '2026-11-30',
  })
  expect(daysWith(days, 'since', '2026-12-24')).toEqual({
    since: '2026-12-24',
    until: '2026-12-24',
  })
  expect(daysWith(days, 'until', '2024-03-01')).toEqual({
    since: '2024-03-01',
    until: '2024-03-01',
  })
  expect(daysWith(days, 'since', '2020-01-01')).toEqual({
    since: '2020-01-01',
    until: '2021-01-01',
  })
  expect(daysWith(days, 'since', '0020-01-01')).toBe(days)
})
