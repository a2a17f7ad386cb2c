import { screen } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { ownReports } from '.'
import { Component } from './ownListPage'

beforeAll(async () => void (await ownReports()))

const open = (more: boolean) =>
  openPage({
    ...{ path: '/reading/own', at: '/reading/own', page: Component },
    session: session('radiologist'),
    answers: { 'GET /api/own-reports': () => ({ items: [], to_write: 0, signed: 500, more }) },
  })

test.each([
  [true, 1],
  [false, 0],
])('an empty list where there are more: %s', async (more, said) => {
  open(more)
  expect(await screen.findByText('没有待写的报告')).toBeDefined()
  expect(screen.queryAllByText(/更早的请按姓名/)).toHaveLength(said)
})
