import { fireEvent, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import type { Call, CallState } from '../../../call'
import { initial } from '../../../call/state'
import { shelfOf } from '../../../kit/unsent/shelf'
import { consultation } from '../../../testing/fixtures/consultation'
import { session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { ChatPanel } from './ChatPanel'

const state: CallState = { ...initial({} as CallState['local']), linked: true }
const lies = () => shelfOf(null).find(`chat/${consultation.id}`)

function Page() {
  const [chatting, setChatting] = useState(true)
  return (
    <>
      <button type="button" onClick={() => setChatting(!chatting)}>
        tab
      </button>
      {chatting && <ChatPanel call={{} as Call} state={state} consultation={consultation} />}
    </>
  )
}

test('a half-written line is still there after a look at another tab, and still kept', async () => {
  openPage({ path: '/', at: '/', page: Page, session: session(), answers: {} })
  fireEvent.change(screen.getByRole('textbox'), { target: { value: '血压 168/96，已推' } })
  await waitFor(async () => expect(await lies()).toHaveLength(1))
  fireEvent.click(screen.getByRole('button', { name: 'tab' }))
  expect(screen.queryByRole('textbox')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'tab' }))
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('血压 168/96，已推')
  expect((await lies()).at(0)?.after).toEqual({ text: '血压 168/96，已推' })
  expect(screen.queryByRole('alert')).toBeNull()
})
