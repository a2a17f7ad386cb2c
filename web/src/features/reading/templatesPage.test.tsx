import { screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { templates } from '.'
import { Component } from './templatesPage'

beforeAll(async () => void (await templates()))

const one = (number: number, findings: string) => ({
  ...{ key: 'chest_ct', number, name: '胸部 CT', modality: 'CT', part: 'chest' },
  ...{ technique: '平扫', findings, impression: '正常。', retired: false },
  ...{ saved_by: '', saved_by_en: '', saved_at: null },
})
const open = (mayEdit: boolean, more: Record<string, (request: Request) => unknown> = {}) =>
  openPage({
    ...{ path: '/reading/templates', at: '/reading/templates', page: Component },
    session: session('radiologist'),
    answers: {
      'GET /api/report-templates': () => ({
        ...{ templates: [one(2, '肺：【未见|可见】结节。')], phrases: [], may_edit: mayEdit },
      }),
      'GET /api/report-templates/chest_ct/versions': () => ({
        items: [one(2, '肺：【未见|可见】结节。'), one(1, '肺：清晰。')],
      }),
      ...more,
    },
  })

test('a senior changes a template, sees what a normal report reads like, and takes an earlier version', async () => {
  let saved: [string | null, string] | null = null
  const { user } = await open(true, {
    'PUT /api/report-templates/chest_ct': async (request) => {
      saved = [request.headers.get('If-Match'), (await request.json()).findings]
      return one(3, '肺：清晰。')
    },
  })
  await screen.findByText('肺：未见结节。')
  await user.click(await screen.findByRole('button', { name: '用这一版的内容' }))
  const findings = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /影像所见/ })
  expect(findings.value).toBe('肺：清晰。')
  await user.click(screen.getByRole('button', { name: '新建模板' }))
  const dialog = await screen.findByRole('dialog')
  await user.click(within(dialog).getByRole('button', { name: '留在这里' }))
  await user.click(screen.getByRole('button', { name: '保存新版本' }))
  await waitFor(() => expect(saved).toEqual(['"2"', '肺：清晰。']))
})

test('who may not change it reads it', async () => {
  await open(false)
  await screen.findByText('肺：未见结节。')
  expect(screen.queryByRole('button', { name: '保存新版本' })).toBeNull()
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: /影像所见/ }).readOnly).toBe(true)
})
