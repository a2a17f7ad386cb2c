import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Schemas } from '../../../api/client'
import { consultation } from '../../../testing/fixtures/consultation'
import { ringing } from '../../../testing/fixtures/home'
import { session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { band, hearRinging, loud, NEXT, openRinging, RINGS, rung } from '../../../testing/ringing'
import type { Answers } from '../../../testing/server'
import Ringing from '../Ringing'

hearRinging()

const awaited: Answers = {
  'GET /api/home/ringing': () => ({ items: [{ ...ringing, ...RINGS, asks: 'enter' }] }),
}

test('at the end of the ladder nothing is passed on to the same people', async () => {
  const again = { ...NEXT, role: 'duty_officer', again: true }
  const { user, server } = openRinging(['duty_officer'], {
    ...loud,
    'GET /api/home/ringing/c0': () => ({ ...rung, next: again }),
  })
  await screen.findByText(/再次呼叫总值班/)
  await screen.findByText(/再次呼叫总值班；可停止响铃/) // on the page that lies over all others
  expect(screen.queryByRole('button', { name: /^转下一位/ })).toBeNull()
  await user.keyboard('{Alt>}n{/Alt}')
  await user.click(await screen.findByRole('button', { name: /^停止响铃/ }))
  expect(server.asked.filter(({ url }) => url.endsWith('/pass'))).toEqual([])
})

test('the answers keep their places while the page loads', async () => {
  let known = (_: Schemas['RungOut']) => undefined as unknown
  openRinging(['expert'], {
    ...loud,
    'GET /api/home/ringing/c0': () => new Promise((resolve) => (known = resolve)),
  })
  const take = await screen.findByText('Alt A')
  const place = () => take.closest('footer > div')?.previousElementSibling
  expect(place()?.textContent).toBe('') // where passing it on will stand
  known(rung)
  const pass = await screen.findByRole('button', { name: /^转下一位（/ })
  expect(pass.closest('footer > div')).toBe(place())
})

test('the page tells each vital sign of a chart', async () => {
  const measured = ['体重', '体温', '脉搏', '呼吸', '血压', 'SpO2'].map((name, n) => ({
    name,
    value: String(n),
    unit: '',
    range: '',
    flag: null,
  }))
  openRinging(['expert'], {
    ...loud,
    'GET /api/consultations/c0': () => ({
      ...consultation,
      content: { ...consultation.content, vitals: measured },
    }),
  })
  const asked = await screen.findByRole('region', { name: '会诊目的' })
  await within(asked).findByText('SpO₂')
  for (const each of ['体温', '脉搏', '呼吸', '血压']) within(asked).getByText(each)
  expect(within(asked).queryByText('体重')).toBeNull()
})

test('whom another has named to lead it hears it, and enters its room with one click', async () => {
  const { user, server, router } = openRinging(['expert'], {
    ...awaited,
    'POST /api/rooms/c0/ticket': () => ({}),
  })
  expect((await band()).dataset.rings).toBe('true')
  expect(document.title).toContain('紧急会诊呼入')
  await screen.findByText(/请您主会诊/)
  await user.click(await screen.findByRole('button', { name: /^进入会诊/ }))
  await expect.poll(() => router.state.location.pathname).toBe('/rooms/c0')
  expect(server.asked.filter(({ url }) => url.endsWith('/take'))).toEqual([])
})

test('in another room they are asked before they leave it, and in its own room its door is the way in', async () => {
  const at = (path: string) =>
    openPage({
      path: '/rooms/:id',
      at: path,
      page: Ringing,
      session: session('expert'),
      answers: {
        ...awaited,
        'GET /api/home/ringing/c0': () => rung,
        'POST /api/home/ringing/c0/seen': () => null,
        'POST /api/rooms/c0/ticket': () => ({}),
      },
    })
  const first = at('/rooms/c7')
  await first.user.click(within(await band()).getByRole('button', { name: '进入会诊' }))
  const question = await screen.findByRole('dialog', { name: '离开当前会诊室并接入？' })
  await first.user.click(within(question).getByRole('button', { name: '离开并接入' }))
  await expect.poll(() => first.router.state.location.pathname).toBe('/rooms/c0')
  await expect.poll(() => screen.queryByRole('button', { name: '进入会诊' })).toBeNull()
})

test('a lead may say that they cannot come, also at the end of the ladder', async () => {
  const { user, server } = openRinging(['expert'], {
    ...awaited,
    'GET /api/home/ringing/c0': () => ({ ...rung, next: { ...NEXT, again: true } }),
    'POST /api/home/ringing/c0/pass': () => null,
  })
  await user.click(await screen.findByRole('button', { name: /^无法参加/ }))
  const asked = within(await screen.findByRole('dialog', { name: '无法参加' }))
  await user.click(asked.getByRole('button', { name: '正在处理其他急症' }))
  expect(server.asked.filter(({ url }) => url.endsWith('/pass'))).toHaveLength(1)
})

test('a coordinator who is rung because the lead does not come telephones, names another, or looks', async () => {
  const lead = { ...consultation.lead, name: '沈知行', phone: '138 0000 1111' }
  const { user, router } = openRinging(['coordinator'], {
    'GET /api/home/ringing': () => ({ items: [{ ...ringing, ...RINGS, asks: 'lead' }] }),
    'GET /api/consultations/c0': () => ({ ...consultation, lead }),
    'GET /api/staff': () => ({ items: [] }),
  })
  expect((await band()).textContent).toContain('主会诊专家未进入')
  expect(within(await band()).queryByRole('button', { name: '接入' })).toBeNull()
  const telephone = await within(await band()).findByRole('link', { name: /致电沈知行/ })
  expect(telephone.getAttribute('href')).toBe('tel:13800001111')
  await user.click(within(await band()).getByRole('button', { name: '更换主会诊专家' }))
  const dialog = await screen.findByRole('dialog', { name: '更换主会诊专家' })
  await user.click(within(dialog).getByRole('button', { name: /^取\s?消$/ }))
  await user.click(within(await band()).getByRole('button', { name: '查看' }))
  await expect.poll(() => router.state.location.pathname).toBe('/consultations/c0')
})
