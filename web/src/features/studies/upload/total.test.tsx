import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { type Item, NEW } from './item'
import { Total } from './Upload'

const show = (...states: Item['state'][]) => {
  const items = states.map((state, i) => ({
    ...NEW,
    key: `${i}`,
    path: `${i}`,
    bytes: 1,
    state,
  }))
  const now = { phase: 'done', items, studies: [], bytes: 1, sent: 1, trouble: null } as const
  const page = () => <Total now={now} />
  openPage({ path: '/', at: '/', page, session: session(), answers: {} })
  return screen.getByRole('status').textContent
}

test('an upload of which nothing was taken is not complete', () => {
  const said = show('refused', 'refused')
  expect(said).toContain('没有收到任何影像')
  expect(said).toContain('0 / 2 个文件')
  expect(said).toContain('2 个文件未收下')
  expect(said).not.toContain('上传完成')
})

test('one of which some were refused says how many were taken and how many not', () => {
  const said = show('stored', 'duplicate', 'refused')
  expect(said).toContain('上传完成')
  expect(said).toContain('2 / 3 个文件')
  expect(said).toContain('1 个文件未收下')
})
