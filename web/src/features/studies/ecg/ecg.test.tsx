import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { SeriesRef, StudyRef } from '../../../viewer/types'
import Ecg from './Ecg'

const one = (value: unknown, vr = 'DS') => ({ vr, Value: [value] })
const code = (value: string) => ({ vr: 'SQ', Value: [{ '00080100': one(value, 'SH') }] })
const channel = (lead: string) => ({
  '003A0208': code(lead),
  '003A0210': one(1),
  '003A0211': code('uV'),
})

const SECONDS = 10
const header = (more: object = {}) => ({
  '0020000D': one('1.2', 'UI'),
  '0020000E': one('1.2.3', 'UI'),
  '00100010': { vr: 'PN', Value: [{ Ideographic: '陈远山' }] },
  '54000100': {
    vr: 'SQ',
    Value: [
      {
        '003A0004': one('ORIGINAL', 'CS'),
        '003A0005': one(2, 'US'),
        '003A0010': one(100 * SECONDS, 'UL'),
        '003A001A': one(100),
        '003A0200': { vr: 'SQ', Value: [channel('2:1'), channel('2:2')] },
        '54001004': one(16, 'US'),
        '54001006': one('SS', 'CS'),
        '54001010': { vr: 'OW', BulkDataURI: 'bulk/1' },
        ...more,
      },
    ],
  },
})

const study = { hospital: 'wuxi', uid: '1.2', dicomweb: '/dicomweb' } as StudyRef
const series = { uid: '1.2.3', modality: 'ECG' } as SeriesRef
const expected = { name: '陈远山', identifiers: ['W2600181'] } as never
const samples = new Int16Array(200 * SECONDS)

afterEach(() => void vi.unstubAllGlobals())

function open(ds: object, bulk: () => Response = () => new Response(samples.buffer.slice(0))) {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    return url.includes('metadata') ? Response.json([ds]) : bulk()
  })
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <QueryClientProvider client={queries}>
      <Ecg one={{ study, series }} expected={expected} shared={false} onClose={undefined} />
    </QueryClientProvider>,
  )
  return { asked, user: userEvent.setup() }
}

test('leads stand on the paper, and those that are missing are said', async () => {
  const { asked } = open(header())
  const paper = await screen.findByTestId('ecg')
  expect(paper.getAttribute('viewBox')).toBe('0 0 270 120')
  expect(paper.querySelector('[data-lead=II] path')?.getAttribute('d')).toMatch(/^M/)
  expect(paper.querySelector('[data-lead=V6] path')?.getAttribute('d')).toBe('')
  expect(screen.getByText(/缺导联：III aVR aVL aVF V1/)).toBeDefined()
  expect(asked[1]).toContain('/series/1.2.3/bulk/1')
})

test('speed and gain change the paper', async () => {
  const { user } = open(header())
  await screen.findByTestId('ecg')
  await user.click(screen.getByRole('button', { name: '50 mm/s' }))
  await user.click(screen.getByRole('button', { name: '20 mm/mV' }))
  expect(screen.getByTestId('ecg').getAttribute('viewBox')).toBe('0 0 520 240')
})

test('calipers are put and moved by keys', async () => {
  const { user } = open(header())
  await user.click(await screen.findByRole('button', { name: '放置卡尺' }))
  expect(screen.getByText('卡尺：1000 ms（60 次/分），1.00 mV')).toBeDefined()
  screen.getByRole('slider', { name: '卡尺另一端' }).focus()
  await user.keyboard('{Shift>}{ArrowLeft}{/Shift}{ArrowDown}')
  expect(screen.getByText('卡尺：800 ms（75 次/分），0.98 mV')).toBeDefined()
})

test('what cannot be read surely is refused by name', async () => {
  open(header({ '54001006': one('MB', 'CS') }))
  expect(await screen.findByText('不能显示：波形的编码方式不支持')).toBeDefined()
  expect(screen.queryByTestId('ecg')).toBeNull()
})

test('a recording that did not come can be asked for again', async () => {
  let up = false
  const { user } = open(header(), () =>
    up ? new Response(samples.buffer.slice(0)) : new Response('', { status: 503 }),
  )
  const again = await screen.findByRole('button', { name: '重新读取' })
  up = true
  await user.click(again)
  expect(await screen.findByTestId('ecg')).toBeDefined()
})

test('whose it is, when it was recorded and how old it is stand above it', async () => {
  const when = { '0008002A': one('20250102030405', 'DT'), '00100020': one('W2600181', 'LO') }
  open({ ...header(), ...when })
  await screen.findByTestId('ecg')
  for (const said of ['陈远山', 'W2600181', /2025-01-02\s+03:04:05/, /^\d+ 天前/])
    expect(screen.getByText(said)).toBeDefined()
})

test("another patient's recording is marked", async () => {
  const other = { vr: 'PN', Value: [{ Ideographic: '赵天枢' }] }
  open({ ...header(), '00100010': other })
  expect(await screen.findByText(/姓名/)).toBeDefined()
})
