import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { consultation } from '../../testing/fixtures/consultation'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { WrongStudies } from './WrongStudies'

const named = consultation.studies[0]
if (!named) throw new Error('the fixture has a study')
const wrong = { ...named, study_uid: '1.2.77', description: '胸部增强 CT', link: 'rejected' }

const show = (withdrawable: boolean, answers = {}) => {
  const page = () => (
    <WrongStudies
      consultation={{ ...consultation, studies: [named, { ...wrong, withdrawable }] }}
    />
  )
  openPage({ path: '/', at: '/', page, session: session(), answers })
}

test('a study of another patient is named and taken out by who may', async () => {
  const gone = vi.fn(() => ({}))
  show(true, { [`DELETE /api/consultations/${consultation.id}/uploaded/1.2.77`]: gone })
  expect(screen.getByRole('alert').textContent).toContain('「胸部增强 CT」不是该患者的影像')
  expect(screen.getByRole('alert').textContent).toContain('将请影像科上传')
  fireEvent.click(screen.getByRole('button', { name: /撤\s?下/ }))
  await waitFor(() => expect(gone).toHaveBeenCalledOnce())
})

test('others only read of it, and so does everybody once it is signed: nobody is asked for images', () => {
  show(false)
  expect(screen.getByRole('alert').textContent).toContain('「胸部增强 CT」不是该患者的影像')
  expect(screen.getByRole('alert').textContent).not.toContain('影像科')
  expect(screen.queryByRole('button')).toBeNull()
})
