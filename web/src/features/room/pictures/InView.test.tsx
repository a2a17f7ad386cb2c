import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { Call, CallState } from '../../../call'
import { initial } from '../../../call/state'
import { consultation } from '../../../testing/fixtures/consultation'
import { lead, session } from '../../../testing/fixtures/people'
import { openPage } from '../../../testing/page'
import { InView } from './InView'

test('two added before the room has answered are both there', async () => {
  const state = initial({} as CallState['local'])
  const setView = vi.fn()
  const page = () => (
    <InView
      call={{ setView } as unknown as Call}
      state={state}
      consultation={{ ...consultation, accompanying: lead, patient_present: true }}
    />
  )
  const { user } = openPage({ path: '/', at: '/', page, session: session(), answers: {} })
  await user.click(screen.getByRole('button', { name: '填写' }))
  await user.click(screen.getByRole('button', { name: '患者本人' }))
  await user.type(screen.getByRole('textbox', { name: '姓名或称谓（可不填）' }), '长女{Enter}')
  expect(setView).toHaveBeenLastCalledWith([
    { role: 'patient', number: 1, name: '' },
    { role: 'relative', number: 1, name: '长女' },
  ])
})
