import { afterEach, describe, expect, it, vi } from 'vitest'
import { queryClient, sessionQuery } from '../../api/queries'
import type { Session } from '../../api/session'
import { consultationQuery } from '../../consultation/queries'
import type { Consultation } from '../../consultation/view'
import { sessionOf } from '../../testing/server'
import { takeAhead } from '../../viewer/source'
import { imagesAhead, imagesOpened } from './ahead'
import { seriesQuery } from './queries'

class SilentWorker {
  postMessage(): void {}
  terminate(): void {}
}

const study = (link: string) => ({
  study_uid: '1.2',
  hospital_id: 'wuxi',
  received: 3,
  expected: 3,
  link,
  taken_at: null,
})

const FIRST = { hospital: 'wuxi', uid: '1.2', dicomweb: '/dicomweb', received: 3 }
const none = () => Promise.resolve(Response.json([]))

function askedFor(session: Session, link: string | null, answer: typeof none = none): string[] {
  const asked: string[] = []
  vi.stubGlobal('Worker', SilentWorker)
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url)
    return answer()
  })
  queryClient.setQueryData(sessionQuery().queryKey, session)
  if (link) {
    const known = { studies: [study(link)] } as unknown as Consultation
    queryClient.setQueryData(consultationQuery('c1').queryKey, known)
  }
  imagesAhead('c1')
  return asked
}

describe('reading ahead', () => {
  afterEach(() => {
    queryClient.clear()
    takeAhead([FIRST])?.dispose()
    vi.unstubAllGlobals()
  })

  it('asks for the series of the first study that may be opened', () => {
    expect(askedFor(sessionOf('王怀瑾'), 'confirmed')).toEqual(['/imaging/open/1.2?hospital=wuxi'])
  })

  it('asks for it at the page’s own address once the consultation is there', async () => {
    const asked: string[] = []
    vi.stubGlobal('Worker', SilentWorker)
    vi.stubGlobal('fetch', async (what: string | Request) => {
      const path = typeof what === 'string' ? what : new URL(what.url).pathname
      asked.push(path)
      return Response.json(path.startsWith('/api/') ? { studies: [study('confirmed')] } : [])
    })
    queryClient.setQueryData(sessionQuery().queryKey, sessionOf('王怀瑾'))
    await imagesOpened('c1')
    expect(asked).toEqual(['/api/consultations/c1', '/imaging/open/1.2?hospital=wuxi'])
  })

  // Vitest fails a run with a rejection that nobody handled.
  it('leaves no failure unhandled, however often it is asked while the network is down', async () => {
    const down = () => Promise.reject(new TypeError('Failed to fetch'))
    const asked = askedFor(sessionOf('王怀瑾'), 'confirmed', down)
    imagesAhead('c1')
    const status = () => queryClient.getQueryState(seriesQuery(FIRST).queryKey)?.status
    await vi.waitFor(() => expect(status()).toBe('error'))
    expect(asked).toHaveLength(1)
  })

  it('asks for nothing when nobody is signed in', () => {
    expect(askedFor(sessionOf(null), 'confirmed')).toEqual([])
  })

  it('asks for nothing of a study whose patient is not confirmed, nor of an unknown consultation', () => {
    expect(askedFor(sessionOf('王怀瑾'), 'proposed')).toEqual([])
    queryClient.clear()
    expect(askedFor(sessionOf('王怀瑾'), null)).toEqual([])
  })
})
