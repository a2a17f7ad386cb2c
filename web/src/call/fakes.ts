/** Fakes for tests: a socket whose other end is the test, and a peer. */
import type { Joined, Peer } from './wire'

export class FakeSocket {
  static all: FakeSocket[] = []
  static readonly OPEN = 1
  readyState = 0
  sent: { t: string; id?: string; d: Record<string, unknown> }[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  closedWith: number | undefined

  constructor(readonly url: string) {
    FakeSocket.all.push(this)
  }

  send(raw: string): void {
    this.sent.push(JSON.parse(raw))
  }

  close(code?: number): void {
    this.readyState = 3
    this.closedWith = code
  }

  // -- the server's side

  open(): void {
    this.readyState = 1
    this.onopen?.()
  }

  hear(t: string, d: object, more: { seq?: number; re?: string } = {}): void {
    this.onmessage?.({ data: JSON.stringify({ v: 1, t, d, ...more }) })
  }

  welcome(resumed = false): void {
    const d = { session: 's', resume_secret: 'r', heartbeat_s: 10, grace_s: 45, resumed }
    this.hear('welcome', { ...d, ice_servers: [], ttl: 600 })
  }

  drop(code = 1006): void {
    this.readyState = 3
    this.onclose?.({ code })
  }

  of(t: string): { t: string; id?: string; d: Record<string, unknown> }[] {
    return this.sent.filter((each) => each.t === t)
  }
}

export function peer(id: string, more: Partial<Peer> = {}): Peer {
  return {
    id,
    sub: id.split('/')[0] ?? id,
    name: id.toUpperCase(),
    role: 'expert',
    hospital: 'ruijin',
    title: '',
    device: 'page',
    booked: true,
    lead: false,
    page: `page-${id}`,
    state: 'here',
    held: false,
    knocks: false,
    tracks: [],
    level: null,
    ...more,
  }
}

export function room(self: string, peers: Peer[], more: Partial<Joined> = {}): Joined {
  return {
    self,
    epoch: 1,
    me: peer(self),
    grants: ['publish'],
    studies: ['h/1'],
    peers,
    mode: { kind: 'p2p', epoch: 1, publishers: [] },
    speakers: [],
    view: { by: null, others: [] },
    locked: false,
    presenter: null,
    viewports: [],
    history: [],
    ...more,
  }
}
