import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Schemas } from '../../../api/client'
import { consultation } from '../../../testing/fixtures/consultation'
import { session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import type { Answers } from '../../../testing/server'
import { OpinionEditor } from '../OpinionEditor'

type Speaker = Pick<
  Schemas['SectionOut'],
  'staff_id' | 'name' | 'name_en' | 'title' | 'department' | 'department_en'
>

const speaker = (id: string, name: string, department: string): Speaker => ({
  ...{ staff_id: id, name, name_en: name, title: 'chief', department, department_en: department },
})
const section = (who: Speaker, more: Partial<Schemas['SectionOut']>) => ({
  ...who,
  ...{ signed: null, absent: null, dissents: false, member: true, awaited: true },
  ...{ may_write: false, may_sign: false, may_correct: false, may_state_absent: false },
  draft: { staff_id: who.staff_id, version: 1, number: 1, text: '先控压', saved_at: null },
  ...more,
})
const heart = speaker('s1', '沈知远', '心血管内科')
const nerves = speaker('s2', '方书桐', '神经内科')
const signed = {
  ...nerves,
  ...{ text: '暂无神经系统受累', signed_at: '2026-11-25T03:00:00Z', sha256: 'h', earlier: true },
}
const board = (sections: Schemas['SectionOut'][], may = {}) => ({
  ...{ consultation_id: 'c1', state: 'answering', signed: [], former: [], advice: [], stands: [] },
  may: { write: false, sign: false, stand: true, take_over: false, ...may },
  ...{ draft: null, newer_packet: null },
  mdt: { recorder_id: 'r1', recorder: '许记', recorder_en: 'Xu', sections },
})
const open = (found: () => unknown, more: Answers = {}) =>
  openPage({
    ...{ path: '/', at: '/', session: session('expert') },
    page: () => <OpinionEditor consultationId="c1" />,
    answers: {
      'GET /api/consultations/c1': () => ({ ...consultation, id: 'c1', mdt: true }),
      'GET /api/consultations/c1/opinion': found,
      ...more,
    },
  })
const of = (name: RegExp) => screen.findByRole('article', { name })

test('an expert writes their section and signs what they read, and reads the others', async () => {
  const mine = section(heart, { may_write: true, may_sign: true })
  const { server, user } = open(
    () => board([mine, section(nerves, { draft: null, signed, awaited: false })]),
    {
      'PATCH /api/consultations/c1/opinion/sections/s1': async (request) => {
        const { text } = (await request.json()) as { text: string }
        return { ...mine.draft, version: 2, text }
      },
      'POST /api/consultations/c1/opinion/sections/sign': () => ({ status: 204 }),
    },
  )
  const own = within(await of(/心血管内科/))
  fireEvent.change(own.getByRole('textbox'), { target: { value: '先控压，再控心率' } })
  await user.click(own.getByRole('button', { name: '签署本专科意见' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText('先控压，再控心率')).toBeTruthy()
  await user.type(dialog.getByLabelText(/登录密码/), 'secret')
  await user.click(dialog.getByRole('button', { name: '签署本专科意见' }))
  await waitFor(() => expect(server.asked.at(-1)?.method).toBe('GET'))
  const sent = server.asked.find(({ url }) => url.endsWith('/sections/sign'))
  expect(sent?.headers.get('If-Match')).toBe('"2"')
  const other = within(await of(/神经内科/))
  expect(other.queryByRole('textbox')).toBeNull()
  expect(other.getByText(/签署于会诊共识定稿之前/)).toBeTruthy()
  expect(screen.getByText('已表态 1 / 2')).toBeTruthy()
})

test('the chair says why an expert does not sign, and is told for whom they wait', async () => {
  const { server, user } = open(
    () => board([section(heart, { may_state_absent: true, may_write: true })]),
    { 'PUT /api/consultations/c1/opinion/sections/s1/absence': () => ({ status: 204 }) },
  )
  const one = within(await of(/心血管内科/))
  expect(one.getByText('待签署')).toBeTruthy()
  expect(one.queryByRole('button', { name: '签署本专科意见' })).toBeNull()
  await user.click(one.getByRole('button', { name: '注明未签署' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByLabelText(/原因/), '急诊手术')
  await user.click(dialog.getByRole('button', { name: '注明未签署' }))
  await waitFor(() => expect(server.asked.some(({ method }) => method === 'PUT')).toBe(true))
})
