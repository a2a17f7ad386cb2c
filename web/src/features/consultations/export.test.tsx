import { screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { changeLanguage } from '../../i18n'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { ExportButton } from './ExportButton'

const Component = () => <ExportButton asked={{ state: 'closed' }} />

beforeEach(() => {
  changeLanguage('zh-CN')
  URL.createObjectURL = vi.fn(() => 'blob:list')
  URL.revokeObjectURL = vi.fn()
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  return () => vi.restoreAllMocks()
})

const taken = (headers: Record<string, string>) =>
  openPage({
    path: '/',
    at: '/',
    page: Component,
    session: session('requesting_doctor'),
    answers: { 'POST /api/consultations/export': () => new Response('a,b', { headers }) },
  })

test('the file holds what is listed', async () => {
  const { user } = taken({})
  await user.click(await screen.findByRole('button', { name: /导出/ }))
  expect(await screen.findByText(/^已导出所列会诊/)).toBeTruthy()
  expect(URL.createObjectURL).toHaveBeenCalledOnce()
})

test('a file that was cut says so', async () => {
  const { user } = taken({ 'Cut-At': '10000' })
  await user.click(await screen.findByRole('button', { name: /导出/ }))
  expect(await screen.findByText(/^只导出了最新的 10000 例，更早的不在文件中/)).toBeTruthy()
})
