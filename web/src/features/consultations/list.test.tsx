import { screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './list'

afterEach(() => void vi.restoreAllMocks())

const open = () =>
  openPage({
    ...{ path: '/consultations', at: '/consultations', page: Component },
    session: session('expert'),
    answers: { 'GET /api/consultations': () => ({ items: [], next: null }) },
  })

test('on a phone the filters are one field, and all of them are in its list', async () => {
  const fits = vi.spyOn(window, 'matchMedia')
  fits.mockImplementation(
    (query) =>
      Object.assign(new EventTarget(), {
        matches: query === '(max-width: 599px)',
        media: query,
      }) as never,
  )
  const { user, router } = open()
  await user.click(await screen.findByRole('combobox', { name: '按状态筛选' }))
  const names = [...document.querySelectorAll('.ant-select-item-option')]
  expect(names.map((each) => each.textContent)).toEqual([
    ...['进行中', '待审批', '已预约', '待签署', '已办结', '全部'],
  ])
  await user.click(names[5] as Element)
  expect(router.state.location.search).toBe('?show=all')
})

test('elsewhere they stand beside each other', async () => {
  open()
  expect(await screen.findByRole('radiogroup', { name: '按状态筛选' })).toBeDefined()
  expect(screen.queryByRole('combobox')).toBeNull()
})
