import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { session } from '../../testing/fixtures/people'
import { claim, reading } from '../../testing/fixtures/reading'
import { openPage } from '../../testing/page'
import type { Reading } from '../reading/queries'
import { ofReading } from '.'
import { Component } from './readingPage'

beforeAll(async () => void (await ofReading()))
afterEach(() => void vi.useRealTimers())

const identity = {
  ...{ id: 'p', version: 1, hospital_id: 'wuxi', name: '赵天枢', pinyin: '', sex: 'male' },
  ...{ birth_date: null, estimated_age: 58, temporary: false, allergy: 'none', allergy_text: '' },
  ...{ critical: false, isolation: false, department: '', department_en: '', ward: '', bed: '' },
  ...{ phone: '', source: '', sourced_at: null, typed_at: null, identifiers: [] },
} as unknown as Reading['identity']

test('who works here keeps the claim of the report in the other window', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const mine = reading({ identity, state: 'claimed', claim: claim(true) })
  const { server } = openPage({
    ...{ path: '/reading/:id/mpr', at: '/reading/a/mpr', page: Component },
    session: session('radiologist'),
    answers: { 'GET /api/readings/a': () => mine, 'POST /api/readings/a/claim': () => mine },
  })
  await screen.findByText('赵天枢')
  const kept = () => server.asked.filter(({ method }) => method === 'POST').length
  for (const beats of [1, 2]) {
    fireEvent.wheel(document.body)
    vi.advanceTimersByTime(60_000)
    await waitFor(() => expect(kept()).toBe(beats))
  }
})
