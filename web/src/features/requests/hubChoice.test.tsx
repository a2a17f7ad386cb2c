import { fireEvent, screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Answers } from '../../testing/server'
import type { Request as Row } from './form'
import { openRequest, rowOf } from './testing'

afterEach(() => window.localStorage.clear())

const open = (row: Row, answers: Answers = {}) => openRequest(row, 'requesting_doctor', answers)

const consented = {
  ...{ version: 1, number: 'TY-2', case_id: 'k1', activity: 'consultation', activity_id: 'r1' },
  ...{ scopes: ['consult', 'imaging'], witnesses: [], given_by: '', relation: '', reason: '' },
  ...{
    attempts: '',
    at: '2026-03-02T00:30:00Z',
    recorded_by: 's1',
    paper_due: false,
    unobtainable_at: null,
    unobtainable_by_name: '',
    unobtainable_by_name_en: '',
    unobtainable_code: null,
    unobtainable_reason: null,
    file_id: 'f1',
    file_sha256: null,
  },
  ...{ approved_by: null, approved_at: null, approved_by_name: '', approved_by_name_en: '' },
  ...{ withdrawn_at: null, withdrawn_reason: null, outdated_at: null, lacking: [], needed: [] },
  ...{ id: 'c2', kind: 'patient', state: 'in_force' },
} as unknown as Row['consents'][number]

const chooses = async (name: string) => {
  fireEvent.mouseDown(await screen.findByRole('combobox', { name: '受邀医院' }))
  fireEvent.click(await screen.findByTitle(name))
}

function openTwo(row: Row, more: Answers = {}) {
  const both = { ...row, hubs: ['ruijin', 'minjiang'] }
  return open(both, {
    'PATCH /api/requests/r1': () => ({ ...both, version: 2, hub_id: 'minjiang', consents: [] }),
    ...more,
  })
}
const sentHub = async ({ asked }: ReturnType<typeof open>['server']) =>
  Promise.all(asked.filter(({ method }) => method === 'PATCH').map((each) => each.clone().json()))

test('with one hospital to ask its name is shown and nothing is to choose', async () => {
  open(rowOf())
  expect((await screen.findByText('受邀医院')).parentElement?.textContent).toContain('瑞金医院')
  expect(screen.queryByRole('combobox', { name: '受邀医院' })).toBeNull()
})

test('of several the doctor chooses one, and its departments are offered', async () => {
  const of: string[] = []
  const { server } = openTwo(rowOf(), {
    'GET /api/staff': (request) => {
      of.push(new URL(request.url).searchParams.get('hospital_id') ?? '')
      return { items: [] }
    },
  })
  await chooses('minjiang')
  await screen.findByText('受邀医院已改为minjiang。')
  expect(await sentHub(server)).toEqual([{ hub_id: 'minjiang' }])
  await vi.waitFor(() => expect(of).toContain('minjiang'))
})

test('that a consent names the hospital is said before another is asked', async () => {
  const { server } = openTwo(rowOf({ consents: [consented] }))
  await chooses('minjiang')
  const dialog = await screen.findByRole('dialog')
  expect(within(dialog).getByText(/知情同意书写明由瑞金医院会诊，更换后失效/)).toBeDefined()
  expect(await sentHub(server)).toEqual([])
  fireEvent.click(within(dialog).getByRole('button', { name: '更换受邀医院' }))
  await screen.findByText('受邀医院已改为minjiang。')
  expect(await sentHub(server)).toEqual([{ hub_id: 'minjiang' }])
})

test('a hospital that cannot be asked any more is refused with the reason', async () => {
  openTwo(rowOf(), {
    'PATCH /api/requests/r1': () => ({
      status: 409,
      body: { code: 'conflict', reason: 'hub_submitted' },
    }),
  })
  await chooses('minjiang')
  await screen.findByText(/申请已提交给这家医院，不能再更换/)
})

test('once submitted there is nothing to choose', async () => {
  open(rowOf({ state: 'submitted', hubs: [], writable: false }))
  await screen.findByText('受邀医院')
  expect(screen.queryByRole('combobox', { name: '受邀医院' })).toBeNull()
})
