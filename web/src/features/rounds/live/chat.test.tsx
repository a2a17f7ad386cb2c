/** The chat of the room as far as it is of the bed, on the page of who leads or follows and at the bedside. */
import { screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../../api/clock'
import type { Call, CallState, ChatLine } from '../../../call'
import { initial } from '../../../call/state'
import { at, NOW, session } from '../../../testing/fixtures/people'
import { liveRound, roundServer } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import type { Visit } from '../../room/visit/visit'
import { Said } from '../cart/Said'
import { nobodyCalls } from '../testing'
import { live } from '.'
import { Chat, ChatTool } from './Chat'
import { chatHere } from './chat'
import RoundLivePage from './page'
import type { Inside } from './useInside'
import * as room from './useInside'

const entered = { inside: null as Inside | null }
nobodyCalls()

beforeAll(async () => void (await live()))
beforeEach(() => {
  entered.inside = null
  vi.spyOn(room, 'useInside').mockImplementation(() => entered.inside)
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const line = (text: string, when: string | null, more: Partial<ChatLine> = {}): ChatLine => ({
  ...{ id: text, from: 'u9/page', name: '秦霜降', text, at: when, mine: false, to: null },
  ...{ state: when ? 'kept' : 'pending', ...more },
})
/** The round has been at bed 11 since 11:16; before, somebody wrote of another patient. */
const BEFORE = line('09 床血压请再测一次', at('11:15'))
const HERE = line('请把镜头转向监护仪', at('11:19'))
const local = { sources: {}, problems: {} } as unknown as CallState['local']
const there = (...chat: ChatLine[]): CallState => ({
  ...initial(local),
  ...{ phase: 'in', linked: true, self: 'a1/page', chat },
})
const inside = (state: CallState, said: (text: string) => void = () => undefined): Inside => ({
  ...{ visit: {} as Visit, call: { chat: said } as unknown as Call, state, refusal: null },
})
const shown = (page: () => React.ReactNode) =>
  openPage({ path: '/', at: '/', page, session: session(), answers: {} })

test('what was written at another bed is of another patient, and is not there', () => {
  const own = line('好的', null, { mine: true })
  const of = (round: Parameters<typeof chatHere>[1]) =>
    chatHere([BEFORE, HERE, own], round).map(({ text }) => text)
  expect(of(liveRound())).toEqual([HERE.text, own.text])
  const [first, ...rest] = liveRound().items
  const left = { ...first, state: 'discussed', since: null, state_since: at('11:21') } as const
  const between = liveRound({ current_id: null, items: [left as never, ...rest] })
  expect(of(between)).toEqual([own.text])
  const unvisited = liveRound().items.map((each) => ({ ...each, spent: 0 }))
  expect(of(liveRound({ current_id: null, items: unvisited }))).toHaveLength(3)
})

test('what was refused stays at the bed where it was written', () => {
  const refused = (when: string) =>
    line(when, null, { mine: true, state: 'failed', written: Date.parse(at(when)) })
  const of = chatHere([refused('11:14'), refused('11:18')], liveRound())
  expect(of.map(({ text }) => text)).toEqual(['11:18'])
})

test('what was written at a bed is of that bed alone, whenever it arrives', () => {
  const late = line('再加测血钾', at('11:19'), { of: 'i2' }) // written there, stored when the round was here
  const early = line('上次来时说过', at('11:02'), { of: 'i1' })
  const own = line('在路上', null, { of: 'i2', mine: true })
  const of = (round: Parameters<typeof chatHere>[1]) =>
    chatHere([early, late, HERE, own], round).map(({ text }) => text)
  expect(of(liveRound())).toEqual([early.text, HERE.text])
  expect(of(liveRound({ current_id: 'i2' }))).toEqual(expect.arrayContaining([late.text, own.text]))
  expect(of(liveRound({ current_id: 'i2' }))).not.toContain(early.text)
  expect(of(liveRound({ current_id: null }))).toEqual([HERE.text])
})

function Page({ here }: { here: Inside }) {
  const [open, setOpen] = useState(false)
  const onClick = () => setOpen(!open)
  return (
    <>
      {open && <Chat round={liveRound()} inside={here} onClose={onClick} />}
      <ChatTool round={liveRound()} inside={here} open={open} onClick={onClick} />
    </>
  )
}

test('it opens from the bar, which says how much is unread, and is written to all who are there', async () => {
  const said = vi.fn()
  const here = inside(there(BEFORE, HERE), said)
  const { user } = shown(() => <Page here={here} />)
  const button = screen.getByRole('button', { name: /聊天/ })
  expect(button.textContent).toContain('1 条未读')
  await user.click(button)
  expect(button.getAttribute('aria-pressed')).toBe('true')
  expect(button.textContent).toBe('聊天')
  const panel = screen.getByRole('region', { name: '聊天' })
  expect(panel.textContent).toContain(HERE.text)
  expect(panel.textContent).not.toContain(BEFORE.text)
  await user.type(screen.getByRole('textbox', { name: '写给在场的人' }), '看到了{Enter}')
  expect(said).toHaveBeenCalledWith('看到了', 'i1')
  await user.click(screen.getByRole('button', { name: '关闭聊天' }))
  expect(screen.queryByRole('region', { name: '聊天' })).toBeNull()
  expect(document.activeElement).toBe(button)
})

test('with the next bed it is another chat, and at a bed that one only looks at there is none', async () => {
  entered.inside = inside(there(BEFORE, HERE))
  const { answers } = roundServer(liveRound(), {})
  const { user } = openPage({
    ...{ path: '/rounds/:id/lead', at: '/rounds/r1/lead', page: RoundLivePage },
    ...{ session: session('expert'), answers },
  })
  const chats = () => screen.queryAllByRole('region', { name: '聊天' })
  const bed = (name: RegExp) =>
    user.click(
      within(screen.getByRole('navigation', { name: '查房单' })).getByRole('button', { name }),
    )
  await user.click(await screen.findByRole('button', { name: /^聊天/ }))
  expect(chats().map(({ textContent }) => textContent?.includes(HERE.text))).toEqual([true])
  await user.type(screen.getByRole('textbox', { name: '写给在场的人' }), '只说给 11 床的')
  await bed(/^03 床/)
  expect(chats()).toHaveLength(0)
  await bed(/^11 床/)
  expect(chats()).toHaveLength(1)
  await user.click(screen.getByRole('navigation', { name: '查房单' })) // out of the field
  await user.keyboard('i')
  expect(chats()).toHaveLength(0)
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: '写一条查房指示' }))
  await user.click(screen.getByRole('button', { name: /^聊天/ }))
  await user.click(screen.getByRole('button', { name: /下一床 03 床/ }))
  await waitFor(() => expect(screen.queryByText(HERE.text)).toBeNull())
  expect(chats()).toHaveLength(1)
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: '写给在场的人' })
  expect(field.value).toBe('')
  // It draws nobody from the button that they have pressed, whose key is a letter.
  expect(document.activeElement).not.toBe(field)
})

test('at the bedside the last of it stands over the picture for a minute', () => {
  vi.setSystemTime(Date.parse(at('11:19')) + 30_000)
  syncClock(new Date().toISOString(), Date.now(), Date.now())
  shown(() => <Said round={liveRound()} state={there(BEFORE, HERE)} />)
  expect(screen.getByRole('status').textContent).toContain('秦霜降：请把镜头转向监护仪')
})

test.each([
  { why: 'is older', chat: [line('早些时候', at('11:17'))], now: '11:20' },
  { why: 'is of another bed', chat: [BEFORE], now: '11:15' },
  { why: 'is one’s own', chat: [line('我写的', at('11:20'), { mine: true })], now: '11:20' },
])('at the bedside nothing stands there that $why', ({ chat, now }) => {
  vi.setSystemTime(Date.parse(at(now)) + 5_000)
  syncClock(new Date().toISOString(), Date.now(), Date.now())
  shown(() => <Said round={liveRound()} state={there(...chat)} />)
  expect(screen.queryByRole('status')).toBeNull()
})
