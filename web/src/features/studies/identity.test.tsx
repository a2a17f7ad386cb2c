import { screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Role } from '../../api/session'
import { changeLanguage } from '../../i18n'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import type { Study } from './checkQueries'
import { Identity } from './Identity'

vi.mock('./StudyPanel', () => ({ default: () => <p>images</p> }))
beforeEach(() => changeLanguage('zh-CN'))

const study: Study = {
  id: 's1',
  version: 1,
  hospital_id: 'ruijin',
  study_uid: '1.2.3',
  state: 'proposed',
  header_name: 'Wang^Gui',
  header_number: '0026118842',
  header_sex: 'F',
  header_birth_date: '1950-01-01',
  text_reading: 'as_labelled',
  charset_label: 'ISO_IR 192',
  taken_at: null,
  modalities: ['CT'],
  description: '主动脉 CTA',
  accession_number: '',
  laterality: '',
  series: 1,
  received: 2,
  expected: 2,
  complete: true,
  mixed: false,
  hidden: true,
  patient: null,
  evidence: {},
  by: null,
  at: '2026-11-27T01:00:00Z',
  reason: null,
}

const open = (role: Role, change: Partial<Study> = {}) =>
  openPage({
    path: '/',
    at: '/',
    page: () => <Identity study={{ ...study, ...change }} />,
    session: session(role),
    answers: {},
  })

test('who stands in for imaging sees of a hidden study what its header says, and no image', async () => {
  open('reviewer')
  expect(await screen.findByText(/影像已隐藏，仅影像科可以查看/)).toBeDefined()
  expect(screen.queryByText('images')).toBeNull()
  expect(screen.getByText('0026118842')).toBeDefined()
})

test.each([
  ['radiographer', {}],
  ['reviewer', { hidden: false }],
] as const)('%s sees the images of what is theirs to see', async (role, change) => {
  open(role, change)
  expect(await screen.findByText('images')).toBeDefined()
  expect(screen.queryByText(/影像已隐藏/)).toBeNull()
})

test.each([
  ['as_labelled', 'ISO_IR 192', null, null],
  ['repaired', 'ISO_IR 100', '字符集已修正（原标注 ISO_IR 100）', 'the file says ISO_IR 100'],
  ['repaired', '', '字符集已修正', 'Character set corrected'],
  ['as_stored', 'GB18030', '按原样显示（原标注 GB18030）', 'shown as it is stored'],
] as const)('a name that was read %s (%s) is marked so', async (reading, label, zh, en) => {
  open('radiographer', { text_reading: reading, charset_label: label })
  const name = await screen.findByRole('row', { name: /Wang Gui/ })
  if (zh === null) return expect(name.textContent).not.toContain('字符集')
  expect(name.textContent).toContain(zh)
  await changeLanguage('en')
  expect(await screen.findByText(new RegExp(en))).toBeDefined()
})
