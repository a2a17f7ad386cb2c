import { useQuery } from '@tanstack/react-query'
import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { queryClient } from '../../api/queries'
import { minutes, session } from '../../testing/fixtures/people'
import { reading, report, TEMPLATES } from '../../testing/fixtures/reading'
import { openPage } from '../../testing/page'
import type { KeyImage } from '../../viewer/types'
import type { Image } from '../keyImages/image'
import { one } from '.'
import { type Reading, readingQuery } from './queries'
import { ReportPanel } from './Report'
import { useKeyImage } from './reportDraft'
import type { Caret } from './SlotText'

beforeAll(async () => void (await one()))

const caret: { current: Caret | null } = { current: null }
let keep: ReturnType<typeof useKeyImage>

/** The report beside a viewer. */
function Page() {
  const { data } = useQuery(readingQuery('a'))
  return data ? <Keeps reading={data} /> : null
}

function Keeps({ reading: of }: { reading: Reading }) {
  keep = useKeyImage(of)
  return <ReportPanel reading={of} caret={caret} sharp={{ current: true }} />
}

const open = (now: () => Reading, more: Record<string, (request: Request) => unknown> = {}) =>
  openPage({
    ...{ path: '/reading/:id', at: '/reading/a', page: Page, session: session('radiologist') },
    answers: { 'GET /api/readings/a': now, 'GET /api/report-templates': () => TEMPLATES, ...more },
  })

const image = (key: string): Image => ({
  ...{
    key,
    file_id: `f-${key}`,
    note: `图注 ${key}`,
    study: '胸部平扫',
    body_part: '',
    side: null,
  },
  ...{ hospital_id: 'wuxi', study_uid: '1.2', series_uid: '1.2.1', instance_uid: `1.2.1.${key}` },
  ...{ sop_class_uid: '1.2.840.10008.5.1.4.1.1.2', frame: 1, taken_at: '' },
  ...{ window_center: 40, window_width: 400, series_number: 2, image_number: 9, image_count: 20 },
})

test('key images are put in order, captioned and removed, and saved with the draft', async () => {
  const saved: string[][] = []
  const written = report({ version: 1, key_images: [image('a'), image('b'), image('c')] })
  const { user } = open(() => reading({ report: written }), {
    'PUT /api/readings/a/report': async (request) => {
      const body = await request.json()
      saved.push(body.key_images.map(({ key, note }: Image) => `${key} ${note}`))
      return report({ ...body, version: 2, saved_at: minutes(0) })
    },
  })
  const part = within(await screen.findByRole('region', { name: '关键影像' }))
  await user.click(part.getByRole('button', { name: '图 2 前移' }))
  await user.click(part.getByRole('button', { name: '移除图 3' }))
  await user.type(part.getByRole('textbox', { name: '图 1 说明' }), '，最大径')
  await waitFor(() => expect(saved.at(-1)).toEqual(['b 图注 b，最大径', 'a 图注 a']))
})

test('what is painted is kept in the report that this person writes, with where it is from', async () => {
  const studies = {
    study: { study_uid: '1.2', description: '胸部平扫' } as Reading['study'],
    priors_held: [{ study_uid: '1.3', description: '胸部 CT' }] as Reading['priors_held'],
  }
  open(() => reading(studies), {
    'POST /api/files': () => ({ id: 'f1' }),
    'PUT /api/readings/a/report': () => ({ status: 503, body: { code: 'unavailable' } }),
  })
  expect(await screen.findByText(/看影像时按 K 键/)).toBeDefined()
  const painted = {
    ...{ jpeg: new Blob(['jpeg']), voi: { center: 40, width: 400 }, studyUid: '1.3' },
    ...{ sopClassUid: '1.2.840.10008.5.1.4.1.1.2', position: 9, count: 20, frame: 1 },
    ...{ seriesNumber: 2, takenAt: '', bodyPart: 'CHEST', laterality: 'L' },
  } as unknown as KeyImage
  await act(async () => keep?.(painted))
  expect(await screen.findByRole('img', { name: '图 1' })).toHaveProperty(
    'src',
    expect.stringContaining('/api/files/f1/content'),
  )
  expect(screen.getByText(/胸部 CT · 序列 2 · 9 \/ 20/)).toBeDefined()
})

test('a reviewer removes a key image and sees that; the branch sees the pictures beside the report', async () => {
  const text = { technique: '', findings: '左肺结节', impression: '左肺结节' }
  const said = { ...text, key_images: [image('a'), image('b')] }
  let now = reading({
    ...{ state: 'written', claim: null, actions: ['revise', 'issue'] },
    report: report({ version: 2, ...said, submitted: said, written_at: minutes(-5) }),
  })
  const { user, server } = open(() => now, { 'POST /api/readings/a/issue': () => now })
  await user.click(await screen.findByRole('button', { name: '移除图 1' }))
  expect(screen.getByText('审核修改')).toBeDefined()
  await user.click(screen.getByRole('button', { name: '审核发布' }))
  await waitFor(() => expect(server.asked.some(({ method }) => method === 'POST')).toBe(true))
  const sent = await server.asked.find(({ method }) => method === 'POST')?.json()
  expect(sent.key_images.map(({ key }: Image) => key)).toEqual(['b'])
  now = reading({
    ...{ state: 'issued', claim: null },
    report: report({ version: 3, ...text, key_images: [image('b')], issued_at: minutes(0) }),
  })
  await queryClient.invalidateQueries()
  expect(await screen.findByText(/图注 b/)).toBeDefined()
  expect(screen.queryByRole('button', { name: '移除图 1' })).toBeNull()
})
