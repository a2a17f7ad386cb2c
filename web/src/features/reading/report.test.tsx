import { useQuery } from '@tanstack/react-query'
import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { queryClient } from '../../api/queries'
import { minutes, session } from '../../testing/fixtures/people'
import { claim, reading, report, TEMPLATES } from '../../testing/fixtures/reading'
import { openPage } from '../../testing/page'
import { one } from '.'
import { type Reading, type Report, readingQuery } from './queries'
import { ReportPanel } from './Report'
import type { Caret } from './SlotText'

beforeAll(async () => void (await one()))

const caret: { current: Caret | null } = { current: null }
const sharp = { current: true }

function Page() {
  const { data } = useQuery(readingQuery('a'))
  return data ? <ReportPanel {...{ reading: data, caret, sharp }} /> : null
}

const open = (now: () => Reading, more: Record<string, (request: Request) => unknown> = {}) =>
  openPage({
    ...{ path: '/reading/:id', at: '/reading/a', page: Page, session: session('radiologist') },
    answers: { 'GET /api/readings/a': now, 'GET /api/report-templates': () => TEMPLATES, ...more },
  })

test('what is typed when the claim is lost stays, and is said to be unsaved', async () => {
  let now = reading({})
  const { user } = open(() => now, {
    'PUT /api/readings/a/report': () => ({
      status: 409,
      body: { code: 'conflict', reason: 'not_claimed' },
    }),
  })
  await user.type(await screen.findByLabelText(/影像所见/), '左肾动脉起自假腔')
  now = reading({ claim: claim(false) })
  await queryClient.invalidateQueries()
  expect(await screen.findByText('以下文字尚未保存')).toBeDefined()
  expect(screen.getByLabelText(/影像所见/)).toHaveProperty('value', '左肾动脉起自假腔')
  expect(screen.getByLabelText(/影像所见/)).toHaveProperty('readOnly', true)
  expect(screen.queryByRole('button', { name: /提交审核/ })).toBeNull()
})

test('what was typed last is saved before it is submitted, and exactly that is', async () => {
  const { user, server } = open(() => reading({}), {
    'PUT /api/readings/a/report': () => report({ version: 1, findings: '未见异常' }),
    'POST /api/readings/a/submit': () => reading({ state: 'written' }),
  })
  await user.type(await screen.findByLabelText(/影像所见/), '未见异常')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(server.asked.some(({ method }) => method === 'POST')).toBe(true))
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({ report_version: 1, comparison: null })
})

test('a reviewer sees what they change, and issues that', async () => {
  const text = { technique: '', findings: '左肺结节', impression: '左肺结节' }
  const now = reading({
    ...{ state: 'written', claim: null, actions: ['revise', 'issue'] },
    report: report({ version: 2, ...text, submitted: text, written_at: minutes(-5) }),
  })
  const { user, server } = open(() => now, { 'POST /api/readings/a/issue': () => now })
  expect(await screen.findByLabelText(/诊断意见/)).toHaveProperty('value', '左肺结节')
  expect(screen.queryByText('审核修改')).toBeNull()
  await user.type(screen.getByLabelText(/诊断意见/), '，随访')
  expect(screen.getByText('，随访').tagName).toBe('INS')
  await user.click(screen.getByRole('button', { name: '审核发布' }))
  await waitFor(() => expect(server.asked.some(({ method }) => method === 'POST')).toBe(true))
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({
    ...{ ...text, key_images: [], template: '', impression: '左肺结节，随访', comparison: null },
  })
})

const TEXT = { technique: '', findings: '左肺结节', impression: '左肺结节' }

test('who is only let in to read takes no copies; what is not issued is said so', async () => {
  const shown = report({ ...TEXT, id: 'r', version: 3, issued_at: minutes(-1) })
  let now = reading({ state: 'issued', claim: null, may_download: false, report: shown })
  open(() => now)
  expect(await screen.findByText('您可以在本页阅读，不能下载或打印')).toBeDefined()
  expect(screen.queryByRole('link', { name: 'DICOM SR' })).toBeNull()
  now = reading({
    state: 'claimed',
    claim: claim(false),
    report: report({ ...TEXT, version: 1 }),
  })
  await queryClient.invalidateQueries()
  expect(await screen.findByText(/尚未发布/)).toBeDefined()
})

test('what was damaged in the store is said and not shown', async () => {
  open(() =>
    reading({ state: 'issued', claim: null, report: report({ version: 2, damaged: true }) }),
  )
  expect(await screen.findByText(/与发布时不一致/)).toBeDefined()
})

test('what became of its images is said above an issued report', async () => {
  const flagged = (recalled: boolean, more: Partial<Report>) =>
    reading({
      ...{ state: 'issued', claim: null, issued_at: minutes(-60), recalled },
      report: report({ id: 'r', version: 2, findings: '结节', issued_at: minutes(-60), ...more }),
    })
  const page = { number: 1, kind: 'recalled' as const, at: minutes(-5) }
  let now = flagged(true, { pages: [page], came_since: 3 })
  open(() => now)
  expect(await screen.findByText(/不得作为诊疗依据/)).toBeDefined()
  expect(screen.queryByText('FHIR')).toBeNull()
  expect(screen.queryByText(/又到了/)).toBeNull()
  const pages = [page, { ...page, number: 2, kind: 'reinstated' as const }]
  now = flagged(false, { pages, came_since: 3 })
  await queryClient.invalidateQueries()
  expect(await screen.findByText(/报告恢复有效/)).toBeDefined()
  expect(screen.getByText(/发布后又到了 3 幅影像/)).toBeDefined()
  expect(screen.getByText('FHIR')).toBeDefined()
})

test('images that come while it is written are said', async () => {
  open(() => reading({ report: report({ version: 1, came_since: 12 }) }))
  expect(await screen.findByText(/书写后又到了 12 幅影像/)).toBeDefined()
})

test('a template is applied by a key, its choices taken by digits, and a phrase put where the caret is', async () => {
  const saved: string[] = []
  const { user } = await open(() => reading({}), {
    'PUT /api/readings/a/report': async (request) => {
      const body = await request.json()
      saved.push(`${body.template} ${body.findings}`)
      return report({ ...body, version: 1, saved_at: minutes(0) })
    },
  })
  await screen.findByRole('button', { name: /套用/ })
  await user.keyboard('{Alt>}t{/Alt}')
  const findings = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /影像所见/ })
  expect(findings.value).toContain('肺：【未见|可见】结节')
  await user.click(findings)
  await user.keyboard('{F2}2')
  expect(findings.value).toBe('肺：可见结节，长径 【__ mm】。')
  expect(findings.value.slice(findings.selectionStart, findings.selectionEnd)).toBe('【__ mm】')
  await user.keyboard('8 mm')
  expect(findings.value).toBe('肺：可见结节，长径 8 mm。')
  const impression = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /诊断意见/ })
  await user.clear(impression)
  await user.click(screen.getByRole('button', { name: /常用语/ }))
  await user.click(await screen.findByRole('button', { name: '建议随访。' }))
  expect(impression.value).toBe('建议随访。')
  await waitFor(() => expect(saved.at(-1)).toBe('chest_ct/2 肺：可见结节，长径 8 mm。'))
})

test('what is written is not replaced by a template without a question', async () => {
  const { user } = await open(() =>
    reading({ report: report({ version: 1, findings: '左肺上叶结节。' }) }),
  )
  await user.click(await screen.findByRole('button', { name: /套用/ }))
  const findings = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /影像所见/ })
  await user.click(screen.getByRole('button', { name: /取\s*消/ }))
  expect(findings.value).toBe('左肺上叶结节。')
})

test('what was added stands above what was issued; a senior adds more', async () => {
  const asked: unknown[] = []
  const added = {
    ...{ id: 'x', number: 2, kind: 'correction' as const, text: '右肺上叶结节。', damaged: false },
    ...{ author: '江小满', author_en: '', author_title: 'chief' as const, at: minutes(-5) },
  }
  const { user } = await open(
    () =>
      reading({
        ...{ state: 'addended', actions: ['addend'], claim: null, issued_at: minutes(-60) },
        report: report({
          ...{ id: 'r', version: 3, findings: '左肺上叶结节。', addenda: [added] },
          ...{ written_at: minutes(-90), issued_at: minutes(-60) },
        }),
      }),
    {
      'POST /api/readings/a/addendum': async (request) => {
        asked.push(await request.json())
        return reading({})
      },
    },
  )
  const text = await screen.findByText('右肺上叶结节。')
  const issued = screen.getByText('左肺上叶结节。')
  expect(text.compareDocumentPosition(issued)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
  await user.click(screen.getByRole('button', { name: /补充或更正/ }))
  await user.click(await screen.findByRole('radio', { name: '补充' }))
  await user.type(screen.getByRole('textbox', { name: /内容/ }), '建议随访。')
  await user.click(screen.getByRole('button', { name: /发\s*布/ }))
  await waitFor(() => expect(asked).toEqual([{ kind: 'addition', text: '建议随访。' }]))
})

test('what is measured goes to the end of the findings, or where the caret was left, and the keys stay with the images', async () => {
  const { user } = await open(() =>
    reading({ report: report({ version: 1, findings: '结节长径。' }) }),
  )
  const findings = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: /影像所见/ })
  act(() => caret.current?.insert('8.2 mm', true))
  expect(findings.value).toBe('结节长径。8.2 mm')
  await user.click(findings)
  findings.setSelectionRange(4, 4)
  findings.blur()
  act(() => caret.current?.insert(' 9.1 mm', true))
  expect(findings.value).toBe('结节长径 9.1 mm。8.2 mm')
  expect(document.activeElement).not.toBe(findings)
  act(() => caret.current?.insert('（Se2 层面 100）', true))
  expect(findings.value).toBe('结节长径 9.1 mm（Se2 层面 100）。8.2 mm')
})

const THEIRS: Reading['branch_reports'][number] = {
  ...{ number: 1, author: '顾秋分', written_at: minutes(-60), added_at: minutes(-50) },
  ...{ findings: '左肺见斑片影。', impression: '感染\n积液', lines: ['感染', '积液'] },
  ...{ file_id: null, added_by: '叶夏至', added_by_en: '', written_here: false, technique: '' },
}
const overRead = (more: Partial<Reading>) =>
  reading({ purpose: 'over_read', branch_report: 1, branch_reports: [THEIRS], ...more })

test('a reader picks by one key how it stands to the report of the branch, ticks what differs, and sends both', async () => {
  const text = { technique: '', findings: '左肺见空洞', impression: '结核\n积液' }
  const now = overRead({ report: report({ version: 1, ...text }) })
  const { user, server } = open(() => now, { 'POST /api/readings/a/submit': () => now })
  const compare = within(await screen.findByRole('region', { name: '与分院报告比较' }))
  expect(compare.getByText('左肺见斑片影。')).toBeDefined()
  expect(compare.queryByRole('checkbox')).toBeNull()
  await user.click(screen.getByLabelText(/诊断意见/))
  await user.keyboard('{Alt>}[Digit4]{/Alt}')
  expect(compare.getByRole('radio', { name: '重大差异' })).toHaveProperty('checked', true)
  await user.click(compare.getByRole('checkbox', { name: '感染' }))
  await user.click(compare.getByRole('checkbox', { name: '结核' }))
  await user.click(screen.getByRole('button', { name: /提交审核/ }))
  await waitFor(() => expect(server.asked.some(({ method }) => method === 'POST')).toBe(true))
  expect(await server.asked.find(({ method }) => method === 'POST')?.json()).toEqual({
    report_version: 1,
    comparison: {
      ...{ grade: 'major', branch_report: 1, branch_lines: ['感染'], hub_lines: ['结核'] },
    },
  })
})

test('a reviewer sees what was picked and changes it, which is marked; a newer report is compared again', async () => {
  const text = { technique: '', findings: '左肺见空洞', impression: '结核\n积液' }
  const picked = {
    ...{ grade: 'major' as const, branch_report: 1, first: null, may_correct: false },
    ...{ branch_lines: ['感染'], hub_lines: ['结核'] },
  }
  let now = overRead({
    ...{ state: 'written', claim: null, actions: ['revise', 'issue'], over_read: picked },
    report: report({ version: 2, ...text, submitted: text, written_at: minutes(-5) }),
  })
  const { user } = open(() => now)
  const compare = within(await screen.findByRole('region', { name: '与分院报告比较' }))
  expect(compare.getByRole('checkbox', { name: '结核' })).toHaveProperty('checked', true)
  await user.click(compare.getByText('轻微差异'))
  expect(compare.getByText('由「重大差异」改动')).toBeDefined()
  now = { ...now, branch_report: 2, branch_reports: [{ ...THEIRS, number: 2 }, THEIRS] }
  await queryClient.invalidateQueries()
  expect(await compare.findByText('分院报告有更新，请重新比较。')).toBeDefined()
  expect(compare.getByRole('radio', { name: '轻微差异' })).toHaveProperty('checked', false)
})

test('who set a wrong grade corrects it with a reason, and the lines that it is about', async () => {
  const text = { technique: '', findings: '左肺见空洞', impression: '结核\n积液' }
  const found = { grade: 'minor' as const, branch_report: 1, hub_lines: ['结核'], first: null }
  const now = overRead({
    ...{ state: 'issued', claim: null, issued_at: minutes(-5), grade: 'minor' },
    report: report({ version: 3, ...text, written_at: minutes(-9), issued_at: minutes(-5) }),
    over_read: { ...found, may_correct: true },
  })
  const { user, server } = open(() => now, { 'POST /api/readings/a/grade': () => now })
  await user.click(await screen.findByRole('button', { name: '更正结论…' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(dialog.getByText('重大差异'))
  await user.click(dialog.getByRole('checkbox', { name: '感染' }))
  await user.type(dialog.getByLabelText(/更正原因/), '影响治疗')
  await user.click(dialog.getByRole('button', { name: '更正' }))
  await waitFor(() => expect(server.asked.some(({ method }) => method === 'POST')).toBe(true))
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toEqual({
    ...{ grade: 'major', reason: '影响治疗', branch_lines: ['感染'], hub_lines: ['结核'] },
  })
})
