import { QueryClientProvider } from '@tanstack/react-query'
import { renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { queryClient, sessionQuery } from '../../api/queries'
import { session } from '../../testing/fixtures/people'
import { stubServer } from '../../testing/server'
import type { KeyImage } from '../../viewer/types'
import { whole } from './content'
import { contentOf, useKeyImage, useOpinionDraft } from './draft'
import { type Opinion, opinionQuery } from './queries'

const image = {
  jpeg: new Blob(['jpeg']),
  voi: { center: 40, width: 400 },
  takenAt: '2026-11-25 08:20:46',
  bodyPart: 'CHEST',
} as unknown as KeyImage

const content = whole({ analysis: '', diagnosis: '', no_advice: false, reservations: '' })
const board = {
  may: { write: true },
  draft: { id: 'o1', number: 1, version: 1, content, missing: [], saved_at: null },
  signed: [],
} as unknown as Opinion

test('a key image that is in the draft has not failed, even while the draft cannot be saved', async () => {
  stubServer({
    'POST /api/files': () => ({ id: 'f1' }),
    'PATCH /api/consultations/c1/opinion': () => ({ status: 503, body: { code: 'unavailable' } }),
  })
  queryClient.setQueryData(sessionQuery().queryKey, session('expert'))
  queryClient.setQueryData(opinionQuery('c1').queryKey, board)
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  )
  const both = () => ({ keep: useKeyImage('c1'), draft: useOpinionDraft('c1') })
  const { result } = renderHook(both, { wrapper })
  await expect(result.current.keep?.(image)).resolves.toBeUndefined()
  const { draft } = result.current
  if (!draft) throw new Error('there is a draft')
  expect(contentOf(draft).key_images).toMatchObject([
    { file_id: 'f1', taken_at: '2026-11-25 08:20:46', body_part: '胸部' },
  ])
  await waitFor(() => expect(draft.view().state).toBe('unsaved'))
})
