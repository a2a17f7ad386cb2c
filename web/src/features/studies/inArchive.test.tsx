import { screen, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { changeLanguage } from '../../i18n'
import { consultation } from '../../testing/fixtures/consultation'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { InArchive } from './InArchive'

beforeEach(() => changeLanguage('zh-CN'))

const study = (uid: string, description: string, more = {}) => ({
  id: uid,
  version: 1,
  hospital_id: 'wuxi',
  study_uid: uid,
  state: 'confirmed' as const,
  description,
  modalities: ['CT'],
  taken_at: null,
  received: 2,
  expected: 2,
  complete: true,
  hidden: false,
  ...more,
})

test('what is the patient’s and not in the request yet is used with one press', async () => {
  const [named] = consultation.studies
  const onUse = vi.fn()
  const { user, server } = openPage({
    path: '/',
    at: '/',
    page: () => (
      <InArchive
        consultation={{ ...consultation, branch_id: 'ruijin' }}
        busy={false}
        onUse={onUse}
      />
    ),
    session: session('radiographer'),
    answers: {
      'GET /api/studies': () => ({
        items: [
          study(named?.study_uid ?? '', '已列入'),
          study('1.2.9', '机房直传'),
          study('1.2.10', '两名患者', { hidden: true }),
        ],
      }),
    },
  })
  const item = await screen.findByRole('listitem')
  within(item).getByText(/机房直传/)
  await user.click(within(item).getByRole('button', { name: '用于本次会诊' }))
  expect(onUse).toHaveBeenCalledWith('1.2.9')
  const { searchParams } = new URL(server.asked[0]?.url ?? '')
  expect(Object.fromEntries(searchParams)).toEqual({ patient_id: 'p1', state: 'confirmed' })
})
