import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { Call, CallState, LocalMedia } from '../../../call'
import { peer } from '../../../call/fakes'
import { initial } from '../../../call/state'
import { consultation } from '../../../testing/fixtures/consultation'
import { session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { Columns, type Part, videoAway } from './Columns'
import { People } from './People'
import { Strips } from './Strips'

const knocking = [peer('k', { name: '苏见微', booked: false, knocks: true, state: 'waiting' })]

function open(filled: Part | null, narrow = false, more: Partial<CallState> = {}) {
  const local = { sources: {}, problems: {} } as CallState['local']
  const state: CallState = { ...initial(local), linked: true, rights: ['admit'], knocking, ...more }
  const lead = { admit: vi.fn(), hold: vi.fn(), deny: vi.fn() }
  const given = { call: { lead } as unknown as Call, state, consultation }
  const page = () => (
    <>
      <Strips
        {...given}
        media={{} as LocalMedia}
        videoAway={videoAway(filled, narrow)}
        onPacket={() => undefined}
      />
      <Columns
        filled={filled}
        narrow={narrow ? { tabs: null, shown: 'study' } : null}
        video={<People {...given} />}
        study={<p>study</p>}
        side={null}
      />
    </>
  )
  const { user } = openPage({ path: '/', at: '/', page, session: session(), answers: {} })
  return { user, lead }
}
const shown = () =>
  screen
    .queryAllByRole('region', { name: '苏见微请求加入', hidden: true })
    .filter((each) => !each.closest('[hidden]'))

test.each([
  [null, false],
  ['video', false],
  ['study', false],
  ['side', false],
  [null, true],
  ['study', true],
  ['video', true],
] as const)('with %s filling the page (narrow: %s) a knock is seen once', (filled, narrow) => {
  open(filled, narrow)
  expect(shown()).toHaveLength(1)
  expect(within(shown()[0] as HTMLElement).getByRole('alert').textContent).toContain('请求加入')
})

test('while the pictures are hidden a knock is answered where it is shown', async () => {
  const { user, lead } = open('study')
  const strip = within(shown()[0] as HTMLElement)
  await user.click(strip.getByRole('button', { name: '请稍候' }))
  await user.type(strip.getByRole('textbox'), '讨论完再请您{Enter}')
  expect(lead.hold).toHaveBeenCalledExactlyOnceWith('k', '讨论完再请您')
  await user.click(strip.getByRole('button', { name: '准许加入' }))
  expect(lead.admit).toHaveBeenCalledExactlyOnceWith('k')
})

test('nobody but a lead is asked, nor about somebody who comes in by themselves', () => {
  open('study', false, { rights: [] })
  expect(shown()).toEqual([])
  open('study', false, { knocking: [peer('k', { name: '苏见微', state: 'waiting' })] })
  expect(shown()).toEqual([])
})
