import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { changeLanguage } from '../i18n'
import { consultation } from '../testing/fixtures/consultation'
import { session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { AddExpert } from './AddExpert'

const expert = (id: string, name: string, pinyin: string) => ({
  id,
  hospital_id: 'ruijin',
  department_id: null,
  name,
  name_en: '',
  pinyin,
  title: 'chief' as const,
  phone: '',
})

beforeEach(() => {
  changeLanguage('zh-CN')
})

const open = (may_add_expert: boolean) => {
  const c = { ...consultation, may_add_expert }
  return openPage({
    path: '/',
    at: '/',
    page: () => <AddExpert consultation={c} />,
    session: session('expert'),
    answers: {
      'GET /api/departments': () => ({ items: [] }),
      'GET /api/staff': () => ({
        items: [
          expert('a1', '王怀瑾', 'wang huai jin'),
          expert('n1', '顾南舟', 'gu nan zhou'),
          expert('n2', '陆明远', 'lu ming yuan'),
        ],
      }),
      'POST /api/consultations/c1/experts': () => ({ id: 'c1', version: 12, state: 'ready' }),
    },
  })
}

test('an expert is found by initials and added; who takes part already is not offered', async () => {
  const { user, server } = open(true)
  await user.click(await screen.findByRole('button', { name: '添加专家' }))
  const field = screen.getByRole('combobox', { name: '添加专家' })
  await user.click(field)
  await screen.findByText(/陆明远/)
  expect(screen.queryByText(/王怀瑾 主任医师/)).toBeNull()
  await user.type(field, 'gnz')
  expect(screen.queryByText(/陆明远/)).toBeNull()
  await user.click(await screen.findByText(/顾南舟/))
  await user.click(screen.getByRole('button', { name: '添加' }))
  await screen.findByText('已添加会诊专家')
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({ staff_id: 'n1' })
  expect(sent?.headers.get('If-Match')).toBeNull()
})

test('who may not add sees no such button', async () => {
  open(false)
  expect(within(document.body).queryByRole('button', { name: '添加专家' })).toBeNull()
})
