import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Pool } from './pool'
import type { Answer, Request } from './wire'

const made: FakeWorker[] = []

class FakeWorker {
  onmessage: (event: { data: Answer }) => void = () => {}
  onerror: (event: Partial<ErrorEvent>) => void = () => {}
  jobs: number[] = []
  ended = false

  constructor() {
    made.push(this)
  }
  postMessage(request: Request): void {
    if ('job' in request) this.jobs.push(request.job.id)
  }
  terminate(): void {
    this.ended = true
  }
  fail(): void {
    this.onerror({ message: 'no script', preventDefault: () => {} })
  }
}

const JOB = { url: '/frame', layout: {} as never, palette: null }
const ask = (pool: Pool) => pool.decode(JOB, new AbortController().signal)
const worker = (n: number): FakeWorker => {
  const one = made[n]
  if (!one) throw new Error('no such worker')
  return one
}

describe('a worker', () => {
  beforeEach(() => void vi.stubGlobal('Worker', FakeWorker))
  afterEach(() => {
    made.length = 0
    vi.unstubAllGlobals()
  })

  it('whose script did not arrive is replaced; its jobs fail as if nothing had answered', async () => {
    const pool = new Pool(1)
    const [one, other] = [ask(pool), ask(pool)]
    worker(0).fail()
    await expect(one).rejects.toMatchObject({ status: 0 })
    await expect(other).rejects.toMatchObject({ status: 0 })
    expect(worker(0).ended).toBe(true)
    // Only when there is something to do: a script that is gone shall not be fetched for ever.
    expect(made).toHaveLength(1)
    const next = ask(pool)
    expect(worker(1).jobs).toEqual([3])
    worker(0).fail() // an old worker's last words are nothing to the new one
    const pixels = { rgba: new Uint8ClampedArray(4) }
    worker(1).onmessage({ data: { id: 3, pixels } })
    expect(await next).toBe(pixels)
  })

  it('that could not fetch a codec is replaced too', async () => {
    const pool = new Pool(1)
    const one = ask(pool)
    worker(0).onmessage({ data: { id: 1, failed: 'no codec', status: 0, broken: true } })
    await expect(one).rejects.toMatchObject({ status: 0 })
    void ask(pool)
    expect(worker(1).jobs).toEqual([2])
  })

  it('that could not decode a frame goes on', async () => {
    const pool = new Pool(1)
    const one = ask(pool)
    worker(0).onmessage({ data: { id: 1, failed: 'not a frame', status: null, broken: false } })
    await expect(one).rejects.toMatchObject({ status: null })
    void ask(pool)
    expect(worker(0).jobs).toEqual([1, 2])
  })
})
