import { screen } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { choose, chosenIn } from '../../testing/choosing'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { list } from '.'
import { AskDialog } from './AskDialog'

beforeAll(async () => void (await list()))

const patient = (id: string, name: string) => ({
  ...{ id, version: 1, hospital_id: 'wuxi', name, pinyin: '', sex: 'male', birth_date: null },
  ...{ estimated_age: 58, temporary: false, allergy: 'none', allergy_text: '', critical: false },
  ...{ isolation: false, department: '', department_en: '', ward: '', bed: '', phone: '' },
  ...{ source: '', sourced_at: null, typed_at: null, identifiers: [] },
})
const WANG = patient('p1', '王北辰')
const QIAN = patient('p2', '钱天璇')
const study = (id: string, whose: typeof WANG, description: string) => ({
  ...{ id, version: 1, hospital_id: 'wuxi', study_uid: `1.${id}`, description },
  ...{ accession_number: '', modalities: ['CT'], laterality: '', taken_at: null },
  ...{ patient: whose, state: 'confirmed', received: 2, expected: 2 },
})
const KNEE = study('s1', WANG, '右膝 CT')
const AGAIN = study('s2', WANG, '术后复查')
const OTHER = study('s3', QIAN, '复查')

const open = () =>
  openPage({
    ...{ path: '/', at: '/', session: session('requesting_doctor') },
    page: () => <AskDialog study="s1" onClose={() => undefined} />,
    answers: {
      'GET /api/studies/s1': () => KNEE,
      'GET /api/studies': ({ url }) => ({
        items: url.includes('p1') ? [KNEE, AGAIN] : [OTHER],
      }),
      'GET /api/patients': () => ({ items: [QIAN], next: null }),
      'POST /api/readings': () => ({}),
    },
  })

const MISSING = '请选择部位。'
const missing = () => screen.queryAllByText(MISSING)

test('part and side are those of the study, and what was chosen for one goes with no other', async () => {
  const { user, server } = open()
  const send = () => screen.getByRole('button', { name: '提交申请' })
  await screen.findByTitle('下肢')
  expect([chosenIn('部位'), chosenIn('侧别')]).toEqual(['下肢', '右'])
  await user.type(screen.getByLabelText(/阅片目的/), '愈合？')
  await choose(user, '部位', /^腹部$/)
  await choose(user, '侧别', /^左$/)
  await choose(user, '^检查', /术后复查/)
  expect(missing()).toHaveLength(2)
  expect(send()).toHaveProperty('disabled', true)
  expect(chosenIn('侧别')).toBe('不分侧')

  await choose(user, '部位', /^头部$/)
  expect(send()).toHaveProperty('disabled', false)
  await user.type(screen.getByRole('combobox', { name: /患者/ }), '钱')
  await user.click((await screen.findAllByTitle(/钱天璇/)).at(-1) as HTMLElement)
  await screen.findByTitle(/^CT 复查/)
  expect(missing()).toHaveLength(2)
  await choose(user, '部位', /^胸部$/)
  await user.click(send())
  const sent = server.asked.find(({ method }) => method === 'POST')
  expect(await sent?.json()).toMatchObject({ study_id: 's3', part: 'chest', side: 'none' })
})
