/** A third document hangs on the engine with a page of code: its kind is `testing/note.ts`, the rest stands here. */
import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { beforeEach, expect, test, vi } from 'vitest'
import { send } from '../../api/client'
import { queryClient, sessionQuery } from '../../api/queries'
import { fakeLocks } from '../../testing/locks'
import { type Note, noteKind, noteOf } from '../../testing/note'
import { sessionOf, stubServer } from '../../testing/server'
import { Root } from '../Root'
import { SaveState } from '../SaveState'
import { shelfOf } from '../unsent/shelf'
import { DraftNotices } from './DraftNotices'
import type { Draft } from './draft'
import { draftOn, useOpened, useSaving, useView } from './useDraft'

async function save(version: number, part: Partial<Note>): Promise<Note> {
  const headers = { 'If-Match': `"${String(version)}"` }
  const answer = await send('/api/notes/n1', {
    method: 'PATCH',
    headers,
    body: JSON.stringify(part),
  })
  return (await answer.json()) as Note
}

function Page({ first }: { first: Note }) {
  const held = useOpened('note/n1', first, (shelf, of, note: Note) => ({
    draft: draftOn(shelf, of, noteKind(save), note),
  }))
  return held && <Editor draft={held.draft} />
}

function Editor({ draft }: { draft: Draft<Note> }) {
  const { doc } = useView(draft)
  const text = (field: 'findings' | 'plan') => (
    <textarea
      aria-label={field}
      disabled={doc.signed}
      value={doc[field]}
      onChange={(event) => draft.set({ [field]: event.target.value })}
    />
  )
  return (
    <>
      <DraftNotices
        draft={draft}
        of="note/n1"
        name={(field) => field}
        text={(_, value) => String(value)}
      />
      {text('findings')}
      {text('plan')}
      <SaveState saving={useSaving(draft)} />
      <button type="button" onClick={() => void draft.flush().catch(() => undefined)}>
        save now
      </button>
    </>
  )
}

beforeEach(() => {
  queryClient.clear()
  queryClient.setQueryData(sessionQuery().queryKey, sessionOf('张'))
})

/** The page, and a way to leave it and come back. */
function Ward({ first }: { first: () => Note }) {
  const [open, setOpen] = useState(true)
  const [, again] = useState(0)
  return (
    <>
      <button type="button" onClick={() => again((n) => n + 1)}>
        read again
      </button>
      <button type="button" onClick={() => setOpen(!open)}>
        turn
      </button>
      {open && <Page first={first()} />}
    </>
  )
}

function shown(first: () => Note) {
  const element = <Ward first={first} />
  const router = createMemoryRouter([{ Component: Root, children: [{ index: true, element }] }])
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
}

const box = (name: string) => screen.findByLabelText<HTMLTextAreaElement>(name)
const type = async (name: string, value: string) =>
  fireEvent.change(await box(name), { target: { value } })

test('a note is typed, merged with what somebody else wrote, and decided where both wrote', async () => {
  let note = noteOf({ version: 2, findings: '他们的', plan: '他们的' })
  stubServer({
    'PATCH /api/notes/n1': async (request) => {
      if (request.headers.get('If-Match') !== `"${String(note.version)}"`)
        return { status: 412, body: { code: 'stale', current: note } }
      note = { ...note, ...((await request.json()) as Partial<Note>), version: note.version + 1 }
      return note
    },
  })
  const first = noteOf()
  shown(() => first)
  await type('plan', '我的')
  fireEvent.click(screen.getByText('save now'))
  expect(await screen.findByText(/「plan」已由同事或在另一窗口修改/)).toBeDefined()
  expect([(await box('findings')).value, (await box('plan')).value]).toEqual(['他们的', '我的'])
  expect(note.plan).toBe('他们的')
  fireEvent.click(screen.getByText('用我的'))
  await expect.poll(() => note.plan).toBe('我的')
  expect(screen.queryByText(/在另一窗口修改/)).toBeNull()
})

test('what could not be sent is offered to who opens the note again', async () => {
  let down = true
  let note = noteOf()
  const { asked } = stubServer({
    'PATCH /api/notes/n1': async (request) => {
      if (down) return { status: 503, body: { code: 'unavailable' } }
      note = { ...note, ...((await request.json()) as Partial<Note>), version: note.version + 1 }
      return note
    },
  })
  shown(() => note)
  await type('plan', '没有送到')
  fireEvent.click(screen.getByText('turn'))
  expect(screen.queryByLabelText('plan')).toBeNull()
  await expect.poll(() => asked.filter(({ method }) => method === 'PATCH').length).toBe(1)
  down = false
  fireEvent.click(screen.getByText('turn'))
  fireEvent.click(await screen.findByText('恢复未发送的内容'))
  await expect.poll(() => note.plan).toBe('没有送到')
  expect((await box('plan')).value).toBe('没有送到')
})

test('what another tab is still writing is offered once that tab is gone', async () => {
  vi.spyOn(navigator, 'locks', 'get').mockReturnValue(fakeLocks())
  stubServer({})
  let close = (): void => undefined
  const closed = new Promise<void>((resolve) => {
    close = resolve
  })
  const tab = navigator.locks.request('telemed-unsent/theirs', () => closed)
  const text = { before: { plan: '' }, after: { plan: '另一标签页里' } }
  const shelf = shelfOf(null)
  await shelf.keep('theirs', 'note/n1', text)
  await shelf.keep('left', 'note/n1', { ...text, after: { plan: '关掉的标签页里' } })
  shown(() => noteOf())
  fireEvent.click(await screen.findByText('不要'))
  await expect.poll(() => screen.queryByText('不要')).toBeNull()
  expect((await shelf.find('note/n1')).map(({ id }) => id)).toEqual(['theirs'])
  close()
  await tab
  expect(await screen.findByText('另一标签页里')).toBeDefined()
  fireEvent.click(screen.getByText('不要'))
  await expect.poll(async () => (await shelf.find('note/n1')).length).toBe(0)
  vi.restoreAllMocks()
})

test('signed elsewhere, the note shows what was signed, and what was typed here can be copied', async () => {
  const signed = noteOf({ version: 2, signed: true, plan: '签了的' })
  stubServer({ 'PATCH /api/notes/n1': () => ({ status: 503, body: { code: 'unavailable' } }) })
  let note = noteOf()
  shown(() => note)
  await type('plan', '来不及了')
  note = signed
  fireEvent.click(screen.getByText('read again'))
  expect(await screen.findByText(/这里现在不能再改/)).toBeDefined()
  expect((await box('plan')).value).toBe('签了的')
  fireEvent.click(screen.getByText('不要'))
  await expect.poll(() => screen.queryByText(/这里现在不能再改/)).toBeNull()
})
