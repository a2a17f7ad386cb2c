import { screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { changeLanguage } from '../../../i18n'
import { consultation } from '../../../testing/fixtures/consultation'
import { session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { Coming } from './Coming'

beforeEach(() => changeLanguage('zh-CN'))

const base = session('expert')
const [one] = consultation.participants
const me = {
  ...one,
  person: { ...one?.person, id: base.actor?.id ?? '' },
  present: false,
  waiting: false,
}

const open = (waits: boolean) =>
  openPage({
    path: '/',
    at: '/',
    page: () => (
      <Coming consultation={{ ...consultation, participants: [me as never] }} waits={waits} />
    ),
    session: base,
    answers: {},
  })

test.each([
  [true, '等候中', '已到 1 / 1 人'],
  [false, '未到', '已到 0 / 1 人'],
])('who waits at the door themselves is not called away: %s', async (waits, words, count) => {
  open(waits)
  expect(await screen.findByText(words)).toBeDefined()
  expect(screen.getByText(count)).toBeDefined()
})
