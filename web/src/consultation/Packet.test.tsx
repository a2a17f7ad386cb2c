import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { consultation } from '../testing/fixtures/consultation'
import { session } from '../testing/fixtures/people'
import { openPage } from '../testing/page'
import { Packet } from './Packet'
import { asTitle, type Consultation } from './view'

const asked = { ...consultation.content, images_from_radiographer: true, no_images: false }

const show = (change: Partial<Consultation>) =>
  openPage({
    path: '/',
    at: '/',
    page: () => <Packet consultation={{ ...consultation, packet: [], ...change }} />,
    session: session(),
    answers: {},
  })

test.each([
  ['draft', '提交后请影像科上传。'],
  ['submitted', '已请影像科上传，尚未到齐。'],
  ['answering', '已请影像科上传，尚未到齐。'],
  ['signed', '签署会诊意见前未收到影像，不再上传。'],
  ['archived', '签署会诊意见前未收到影像，不再上传。'],
  ['accepted', '已请影像科上传，尚未到齐。'], // reopened: they are asked for anew
  ['cancelled', '会诊结束前未收到影像。'],
] as const)('of images that have not come, %s says what is so', (state, words) => {
  show({ state, content: asked, studies: [] })
  expect(screen.getByText(words)).toBeDefined()
})

test.each([
  ['ready', '待上传影像', '尚未收到'],
  ['executing', '影像与资料', '未收到'],
] as const)(
  'a study that was asked for in words is in %s no longer said to be on its way',
  (state, title, words) => {
    const named = { ...consultation.studies[0], study_uid: null, description: '', modalities: [] }
    const lacking = { ...named, received: 0, complete: false } as Consultation['studies'][number]
    show({ state, content: asked, studies: [lacking] })
    expect(screen.getByText(title)).toBeDefined()
    expect(screen.getByText(words)).toBeDefined()
  },
)

test('a paper of the checklist has a name that begins as a title does', () => {
  expect(asTitle('laboratory report')).toBe('Laboratory report')
  expect(asTitle('ECG')).toBe('ECG')
  expect(asTitle('检验报告')).toBe('检验报告')
})
