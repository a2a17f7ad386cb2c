/** The server as a test wants it: one answer per method and path; anything else is a 404. */
import { vi } from 'vitest'
import type { Session } from '../api/session'

type Refusal = { status: number; body: object }
export type Answers = Record<string, (request: Request) => unknown>

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'status' in value && 'body' in value

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    },
  })

export function stubServer(answers: Answers) {
  const asked: Request[] = []
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    asked.push(request)
    const answer = answers[`${request.method} ${new URL(request.url).pathname}`]
    if (!answer) return json(404, { code: 'not_found' })
    const value = await answer(request)
    if (value instanceof Response) return value
    if (value === undefined) return new Response(null, { status: 204 })
    return isRefusal(value) ? json(value.status, value.body) : json(200, value)
  })
  return { asked }
}

/** A session of somebody, or of a stranger. */
export const sessionOf = (name: string | null, more: Partial<Session> = {}): Session => ({
  actor:
    name === null
      ? null
      : {
          id: 'a1',
          username: 'expert',
          name,
          name_en: 'Wang Huaijin',
          title: 'chief',
          hospital_id: 'ruijin',
          department_id: null,
          department: '心内科',
          department_en: 'Cardiology',
          language: 'zh-CN',
        },
  owed: null,
  hospitals: [],
  roles: [],
  server_time: new Date().toISOString(),
  signaling_url: 'ws://127.0.0.1:8761',
  dicomweb_url: '/dicomweb',
  imaging_url: '/imaging',
  site_name: '',
  help_phone: '021-5555-0120',
  demo: false,
  clock_ahead: 0,
  expires_at: null,
  at_device: false,
  holidays: [2025, 2026, 2027],
  version: '',
  unsent_key: null,
  ...more,
})
