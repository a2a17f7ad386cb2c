import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { consultation } from '../testing/fixtures/consultation'
import { session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { useHistoryWords } from './historyWords'

function History({ kind }: { kind: string }) {
  const [first] = consultation.history
  if (!first) throw new Error('no history')
  const data = { kind, people: ['a'], told: true }
  const words = useHistoryWords({
    ...consultation,
    history: [{ ...first, type: 'rung.reached', data }],
  })
  return <p>{words.map(({ what }) => what).join()}</p>
}

test.each([
  ['acceptance', '到时提醒：已告知 1 人'],
  ['arranged', '已通知 1 人'],
  ['called_off', '已通知 1 人'],
])('of %s the history says whether something was due', (kind, said) => {
  openPage({
    path: '/',
    at: '/',
    page: () => <History kind={kind} />,
    session: session(),
    answers: {},
  })
  expect(screen.getByText(said)).toBeDefined()
})
