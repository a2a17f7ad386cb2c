import { useQuery } from '@tanstack/react-query'
import { screen, waitFor } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { queryClient } from '../../api/queries'
import { minutes, session } from '../../testing/fixtures/people'
import { TEMPLATES } from '../../testing/fixtures/reading'
import { openPage } from '../../testing/page'
import { ownReport } from '.'
import { OwnReportPanel } from './OwnReport'
import { type OwnPage, type OwnReport, ownReportQuery } from './own'

beforeAll(async () => void (await ownReport()))

const caret = { current: null }
const PATH = '/api/own-reports/1.2'

const own = (more: Partial<OwnReport> = {}): OwnReport => ({
  ...{ version: 1, number: 1, technique: '', findings: '', impression: '', template: '' },
  ...{ author: '顾秋分', author_en: '', saved_at: null, signer: '', signer_en: '' },
  ...{ signed_at: null, other_side: false, ...more },
})
const page = (more: Partial<OwnPage>) =>
  ({
    ...{ modality: 'CT', part: 'chest', side: 'left', draft: own(), mine: true },
    ...{ writer: '', writer_en: '', may_sign: true, signed: [] },
    study: { study_uid: '1.2', description: '胸部平扫' },
    ...more,
  }) as unknown as OwnPage

function Panel() {
  const { data } = useQuery(ownReportQuery('1.2'))
  return data ? <OwnReportPanel page={data} caret={caret} sharp={{ current: true }} /> : null
}

const open = (now: () => OwnPage, more: Record<string, (request: Request) => unknown> = {}) =>
  openPage({
    ...{ path: '/reading/own/:id', at: '/reading/own/1.2', page: Panel },
    session: session('radiologist'),
    answers: { [`GET ${PATH}`]: now, 'GET /api/report-templates': () => TEMPLATES, ...more },
  })

test('what was typed last is saved before it is signed, and exactly that is', async () => {
  let now = page({})
  const { user, server } = open(() => now, {
    [`PUT ${PATH}`]: () => own({ version: 2, findings: '左肺结节' }),
    [`POST ${PATH}/sign`]: () => {
      const signed = own({ version: 3, findings: '左肺结节', signer: '顾秋分' })
      now = page({ draft: null, mine: false, signed: [{ ...signed, signed_at: minutes(0) }] })
      return now
    },
  })
  await user.type(await screen.findByLabelText(/影像所见/), '左肺结节')
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByText(/顾秋分 签发/)).toBeDefined()
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(sent?.headers.get('If-Match')).toBe('"2"')
  expect(screen.queryByLabelText(/影像所见/)).toBeNull()
  expect(screen.getByRole('button', { name: '更正本院报告' })).toBeDefined()
})

test('who may not sign is told so and leaves it to a colleague', async () => {
  let now = page({ may_sign: false })
  const { user, server } = open(() => now, {
    [`POST ${PATH}/release`]: () => {
      now = page({ mine: false, may_sign: false })
      return now
    },
  })
  expect(await screen.findByText(/须由主治医师及以上签发/)).toBeDefined()
  expect(screen.queryByRole('button', { name: /签发/ })).toBeNull()
  await user.click(screen.getByRole('button', { name: '交给同事' }))
  expect(await screen.findByRole('button', { name: '继续书写' })).toBeDefined()
  expect(server.asked.some(({ url }) => url.endsWith('/release'))).toBe(true)
})

test('while a colleague writes it is only read, and what was typed before stays', async () => {
  let now = page({})
  const { user } = open(() => now, {
    [`PUT ${PATH}`]: () => ({ status: 409, body: { code: 'conflict', reason: 'not_claimed' } }),
  })
  await user.type(await screen.findByLabelText(/影像所见/), '左肺结节')
  now = page({ mine: false, writer: '郑霜降' })
  await queryClient.invalidateQueries()
  expect(await screen.findByText('以下文字尚未保存')).toBeDefined()
  expect(screen.getByLabelText(/影像所见/)).toHaveProperty('value', '左肺结节')
  await waitFor(() =>
    expect(screen.getByRole('button', { name: '继续书写' })).toHaveProperty('disabled', true),
  )
})
