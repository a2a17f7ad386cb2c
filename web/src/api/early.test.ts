import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { client } from './client'
import {
  askEarly,
  firstRead,
  forgetEarly,
  imagesAt,
  isForAnImage,
  KEPT_MS,
  takeEarly,
} from './early'

const ID = '01a22567-49d8-7665-8896-5a8160f80331'
const CASE = `/api/consultations/${ID}`
const asked: string[] = []
let status = 200

beforeEach(() => {
  asked.length = 0
  status = 200
  vi.stubGlobal('fetch', async (what: string | Request) => {
    asked.push(typeof what === 'string' ? `early ${what}` : new URL(what.url).pathname)
    return Response.json({}, { status })
  })
})
afterEach(() => {
  forgetEarly()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const read = () => client.GET('/api/consultations/{id}', { params: { path: { id: ID } } })

describe('what is asked while the scripts are on their way', () => {
  it('is the page’s first question, and not asked twice', async () => {
    await askEarly(CASE)
    await read()
    expect(asked).toEqual([`early ${CASE}`])
    await read()
    expect(asked).toEqual([`early ${CASE}`, CASE])
  })

  it('is asked again if it was refused', async () => {
    status = 401
    await askEarly(CASE)
    status = 200
    expect((await read()).response.ok).toBe(true)
    expect(asked).toEqual([`early ${CASE}`, CASE])
  })

  it('is forgotten as soon as anything is changed', async () => {
    await askEarly(CASE)
    await client.DELETE('/api/session')
    expect(takeEarly(CASE)).toBeNull()
  })

  it('is of no use when it is old', async () => {
    vi.useFakeTimers()
    await askEarly(CASE)
    vi.advanceTimersByTime(KEPT_MS)
    expect(takeEarly(CASE)).toBeNull()
  })
})

describe('an address', () => {
  it.each([
    [`/consultations/${ID}`, CASE],
    [`/consultations/${ID}/images`, CASE],
    [`/rooms/${ID}`, CASE],
    [`/reading/${ID}`, `/api/readings/${ID}`],
    [`/reading/${ID}/together`, null],
    ['/reading/templates', null],
    [`/consultations/${ID}x`, null],
    ['/', null],
  ])('%s reads first %s', (pathname, first) => expect(firstRead(pathname)).toBe(first))

  it('says whether it is for an image', () => {
    expect(imagesAt(`/consultations/${ID}/images`)).toBe(ID)
    expect(imagesAt(`/consultations/${ID}`)).toBeNull()
    expect(isForAnImage(`/reading/${ID}`)).toBe(true)
    expect(isForAnImage(`/rooms/${ID}`)).toBe(false)
  })
})
