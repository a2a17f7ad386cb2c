import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../api/clock'
import { changeLanguage } from '../../i18n'
import { NOW, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { ComingList } from './Coming'
import { type OneChange, OneOnly } from './OneOnly'
import type { Coming, LeftOut } from './words'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const tuesday = (on: string) => ({
  ...{ on, starts_at: `${on}T06:00:00Z`, ends_at: `${on}T07:00:00Z` },
})
const coming = (on: string): Coming => ({
  ...{ ...tuesday(on), moved: false, closed: [], guessed: [], clashes: [], limits: [] },
})
const OUT: LeftOut = { ...tuesday('2026-12-08'), reason: '专家外出' }
const ITEMS = [coming('2026-12-01'), coming('2026-12-15')]

function open(run: (on: string, change: OneChange) => Promise<unknown>) {
  const page = () => (
    <OneOnly
      above={null}
      list={(acts) => (
        <ComingList
          {...{ items: ITEMS, leftOut: [OUT], asked: true, error: null, busy: false, wait: '' }}
          say={() => ({ conflicts: [], limits: [], quiet: [] })}
          acts={acts}
        />
      )}
      {...{ run, changes: { booking: '*' }, most: 720 }}
    />
  )
  return openPage({ path: '/', at: '/', page, session: session('coordinator'), answers: {} })
}

test('one that was left out stands greyed in its place among the others, with why', async () => {
  open(async () => undefined)
  const list = within(await screen.findByRole('list', { name: '此后 8 次' }))
  const days = list.getAllByRole('listitem')
  expect(days.map(({ textContent }) => textContent?.slice(0, 5))).toEqual([
    ...['12月1日', '12月8日', '12月15'],
  ])
  const out = within(days[1] as HTMLElement)
  expect([out.getByText('已取消'), out.getByText('专家外出')]).toHaveLength(2)
  expect(out.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['恢复…'])
})

test('it is brought back at its time by the rule', async () => {
  const run = vi.fn(async () => undefined)
  const { user } = open(run)
  await user.click(await screen.findByRole('button', { name: /^恢复12月8日/ }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByLabelText<HTMLInputElement>(/新的时间/).value).toBe('2026-12-08T14:00')
  await user.click(dialog.getByRole('button', { name: '恢复' }))
  expect(await screen.findByText('这一次已恢复。')).toBeDefined()
  expect(run).toHaveBeenCalledWith('2026-12-08', {
    ...{ change: 'moved', starts_at: '2026-12-08T06:00:00.000Z', minutes: 60 },
    ...{ reason: '', override: '' },
  })
})
