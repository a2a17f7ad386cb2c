import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { expect, test, vi } from 'vitest'
import { queryClient, sessionQuery } from '../../../api/queries'
import type { ChatLine } from '../../../call'
import { Root } from '../../../kit/Root'
import { shelfOf } from '../../../kit/unsent/shelf'
import { sessionOf, stubServer } from '../../../testing/server'
import { Unsaid } from './Unsaid'

const line = (text: string, state: ChatLine['state']): ChatLine => ({
  id: text,
  from: 'a1/page',
  name: '叶夏至',
  text,
  at: '2026-03-02T01:00:00Z',
  mine: true,
  to: null,
  state,
})

function open(room: string, chat: ChatLine[], text = '') {
  const session = sessionOf('叶夏至')
  stubServer({ 'GET /api/session': () => session })
  queryClient.setQueryData(sessionQuery().queryKey, session)
  const onRestore = vi.fn()
  const page = <Unsaid room={room} chat={chat} text={text} onRestore={onRestore} />
  const router = createMemoryRouter([{ Component: Root, children: [{ path: '/', element: page }] }])
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return { onRestore }
}
const lies = (room: string) => shelfOf(null).find(`chat/${room}`)
const left = (room: string, text: string) =>
  shelfOf(null).keep(`left in ${room}`, `chat/${room}`, { before: { text: '' }, after: { text } })

test('what is written and what waits is kept until the room has it', async () => {
  open('r1', [line('已到', 'kept'), line('在路上', 'pending')], '正在写')
  await waitFor(async () =>
    expect((await lies('r1')).at(0)?.after).toEqual({ text: '在路上\n正在写' }),
  )
  expect(screen.queryByRole('alert')).toBeNull()
})

test('what an earlier page could not say is offered, without what was heard after all', async () => {
  await left('r2', '血压 168/96\n已推艾司洛尔')
  const { onRestore } = open('r2', [line('血压 168/96', 'kept')])
  fireEvent.click(await screen.findByText('恢复未发送的内容'))
  expect(onRestore).toHaveBeenCalledExactlyOnceWith('已推艾司洛尔')
  await waitFor(async () => expect(await lies('r2')).toEqual([]))
})

test('what was heard in full is not offered', async () => {
  await left('r3', '好的')
  open('r3', [line('好的', 'kept')])
  await waitFor(async () => expect(await lies('r3')).toEqual([]))
  expect(screen.queryByText('恢复未发送的内容')).toBeNull()
})
