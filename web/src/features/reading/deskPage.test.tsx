import { screen, waitFor } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { desk } from '.'
import { Component } from './deskPage'

beforeAll(async () => void (await desk()))

const reader = (staff_id: string, name: string, subspecialties: string[]) => ({
  ...{ staff_id, name, name_en: '', title: 'attending', subspecialties },
})
const settings = (may_edit: boolean, version = 0) => ({
  version,
  readers: [reader('a', '罗立夏', ['chest']), reader('b', '江小满', [])],
  weights: [{ modality: 'CT', part: null, weight: 3 }],
  ...{ saved_by: '', saved_by_en: '', saved_at: null, may_edit },
})
const open = (mayEdit: boolean, more: Record<string, (request: Request) => unknown> = {}) =>
  openPage({
    ...{ path: '/reading/desk', at: '/reading/desk', page: Component },
    session: session('radiologist'),
    answers: { 'GET /api/reading-desk': () => settings(mayEdit), ...more },
  })

test('a head ticks who reads what and says how much a study is', async () => {
  let sent: [string | null, unknown] | null = null
  const { user } = open(true, {
    'PUT /api/reading-desk': async (request) => {
      sent = [request.headers.get('If-Match'), await request.json()]
      return settings(true, 1)
    },
  })
  await user.click(await screen.findByRole('checkbox', { name: '江小满 神经' }))
  await user.click(screen.getByRole('checkbox', { name: '罗立夏 心胸' }))
  await user.click(screen.getByRole('button', { name: '添加一行' }))
  expect(screen.getByText(/同一设备类型和部位只能有一行/)).toBeDefined()
  expect(screen.getByRole('button', { name: /保\s*存/ })).toHaveProperty('disabled', true)
  await user.type(screen.getAllByRole('textbox', { name: '设备类型' })[1] as HTMLElement, 'mr')
  await user.click(screen.getByRole('button', { name: /保\s*存/ }))
  await waitFor(() =>
    expect(sent).toEqual([
      '"0"',
      {
        readers: [
          { staff_id: 'a', subspecialties: [] },
          { staff_id: 'b', subspecialties: ['neuro'] },
        ],
        weights: [
          { modality: 'CT', part: null, weight: 3 },
          { modality: 'MR', part: null, weight: 1 },
        ],
      },
    ]),
  )
})

test('others read it', async () => {
  open(false)
  expect(await screen.findByRole('checkbox', { name: '罗立夏 心胸' })).toHaveProperty(
    'disabled',
    true,
  )
  expect(screen.queryByRole('button', { name: /保\s*存/ })).toBeNull()
  expect(screen.getByText(/由副主任医师及以上修改/)).toBeDefined()
})
