/** A signaling session that outlives its sockets: receives numbered messages, sends requests, reconnects. */
import { newId } from '../id'
import { CLOSE, type Frame, type GoAway, VERSION, type Welcome } from './wire'

const FOR_GOOD = new Set<number>([
  CLOSE.normal,
  CLOSE.badMessage,
  CLOSE.forbidden,
  CLOSE.replaced,
  CLOSE.ended,
])
const FIRST_MS = 300
const LONGEST_MS = 5000
const FRESH_TICKETS_REFUSED = 3
/** After this long without an answer the server is silent; that the link is cut is known only later. */
const SILENT_MS = 5_000
/** From opening a socket to `welcome`. On a network that drops packets a browser itself would wait for minutes. */
const WELCOME_MS = 8000

/** Thrown by a ticket source if asking again is useless. */
export class TicketRefused extends Error {}

export interface SessionEvents {
  /** `requested`: the `t` of the request that `frame` answers. */
  hear(frame: Frame, requested?: string): void
  link(up: boolean): void
  /** Whether the server, though linked, has not answered for five seconds. */
  silent(is: boolean): void
  ended(code: number): void
}

interface Request {
  t: string
  raw: string
  /** Is sent again even in a new session; by its id the room's log shows whether it was stored. */
  durable: boolean
}

export class Session {
  /** Milliseconds from the last ping to its pong. */
  rtt: number | null = null
  #ws: WebSocket | undefined
  #held: { session: string; secret: string } | undefined
  #seq = 0
  #tries = 0
  #refused = 0
  #ready = false
  readonly #unanswered = new Map<string, Request>()
  #retry: ReturnType<typeof setTimeout> | undefined
  #beat: ReturnType<typeof setInterval> | undefined
  #patience: ReturnType<typeof setTimeout> | undefined
  #heard = 0
  #waits: ReturnType<typeof setTimeout> | undefined
  #silent = false
  #pinged: { id: string; at: number } | undefined
  #ended = false

  constructor(
    private readonly url: string,
    private readonly ticket: () => Promise<string>,
    private readonly page: string,
    private readonly events: SessionEvents,
  ) {}

  open(): void {
    globalThis.addEventListener('online', this.#now)
    void this.#open()
  }

  /** Sends a request, again and again under the same id until it is answered; the server carries it out once. */
  request(t: string, d: object, { durable = false, id = newId() } = {}): string {
    const raw = JSON.stringify({ v: VERSION, t, id, d })
    this.#unanswered.set(id, { t, raw, durable })
    this.#send(raw)
    this.#wait()
    return id
  }

  /** Sends a state, which is worthless if late and so is not repeated. */
  show(t: string, d: object): void {
    this.#send(JSON.stringify({ v: VERSION, t, d }))
  }

  /** Call if the snapshot shows that a request was stored, so that it is not repeated in a new session. */
  settled(id: string): void {
    this.#unanswered.delete(id)
  }

  dispose(): void {
    if (this.#ended) return
    this.show('leave', {})
    this.#end()
  }

  #send(raw: string): void {
    if (this.#ready && this.#ws?.readyState === WebSocket.OPEN) this.#ws.send(raw)
  }

  async #open(): Promise<void> {
    this.#retry = undefined
    let hello: object
    try {
      // before opening the socket, which the server closes after two seconds without a hello
      hello = this.#held
        ? { resume: { ...this.#held, last_seq: this.#seq } }
        : { ticket: await this.ticket() }
    } catch (error) {
      if (error instanceof TicketRefused) return this.#finish(CLOSE.auth)
      this.#tries++
      return this.#later()
    }
    if (this.#ended) return
    const ws = new WebSocket(this.url)
    this.#ws = ws
    this.#tries++
    this.#patience = setTimeout(() => this.#drop(), WELCOME_MS)
    ws.onopen = () => {
      ws.send(JSON.stringify({ v: VERSION, t: 'hello', d: { versions: [VERSION], ...hello } }))
    }
    ws.onmessage = ({ data }: MessageEvent<string>) => this.#receive(JSON.parse(data) as Frame)
    ws.onclose = ({ code }) => this.#closed(code)
  }

  #receive(frame: Frame): void {
    this.#heard = performance.now()
    this.#answered()
    if (frame.seq !== undefined) {
      if (frame.seq <= this.#seq) return
      this.#seq = frame.seq
    }
    if (frame.t === 'error' && frame.d.retry_after !== undefined && frame.re !== undefined) {
      this.#again(frame.re, frame.d.retry_after)
      return
    }
    const requested = this.#unanswered.get(frame.re ?? '')?.t
    if (frame.re !== undefined) this.#unanswered.delete(frame.re)
    if (frame.t === 'pong' && this.#pinged?.id === frame.re) {
      this.rtt = performance.now() - (this.#pinged?.at ?? 0)
    }
    if (frame.t === 'welcome') this.#welcome(frame.d)
    if (frame.t === 'goaway') this.#goaway(frame.d)
    const earlier = frame.t === 'joined' ? [...this.#unanswered.keys()] : []
    this.events.hear(frame, requested)
    this.#repeat(earlier) // after `hear`, which settles what the snapshot shows to be stored
  }

  #welcome(d: Welcome): void {
    this.#held = { session: d.session, secret: d.resume_secret }
    this.#tries = this.#refused = 0
    this.#ready = true
    clearTimeout(this.#patience)
    this.events.link(true)
    clearInterval(this.#beat)
    this.#beat = setInterval(() => this.#pulse(2000 * d.heartbeat_s), 1000 * d.heartbeat_s)
    if (d.resumed) this.#repeat([...this.#unanswered.keys()])
    else {
      this.#seq = 0
      for (const [id, request] of this.#unanswered)
        if (!request.durable) this.#unanswered.delete(id)
      this.show('join', { page: this.page })
    }
    this.#ping() // the first message under the new secret voids the old one
  }

  #repeat(ids: readonly string[]): void {
    for (const id of ids) {
      const requested = this.#unanswered.get(id)
      if (requested) this.#send(requested.raw)
    }
  }

  #again(id: string, seconds: number): void {
    setTimeout(() => this.#repeat([id]), 1000 * seconds)
  }

  #ping(): void {
    const id = newId()
    this.#pinged = { id, at: performance.now() }
    this.#send(JSON.stringify({ v: VERSION, t: 'ping', id, d: {} }))
    this.#wait()
  }

  #wait(): void {
    if (this.#ready) this.#waits ??= setTimeout(() => this.#say(true), SILENT_MS)
  }

  #answered(): void {
    clearTimeout(this.#waits)
    this.#waits = undefined
    this.#say(false)
  }

  #say(silent: boolean): void {
    if (silent !== this.#silent) this.events.silent(silent)
    this.#silent = silent
  }

  #pulse(patience: number): void {
    if (performance.now() - this.#heard > patience) this.#drop()
    else this.#ping()
  }

  /** Forgets the socket before closing it, because close() waits for an answer that a dead network never sends. */
  #drop(): void {
    const ws = this.#ws
    if (!ws) return
    ws.onopen = ws.onmessage = ws.onclose = null
    ws.close()
    this.#closed(1006)
  }

  #closed(code: number): void {
    this.#ws = undefined
    this.#ready = false
    clearTimeout(this.#patience)
    clearInterval(this.#beat)
    this.#answered()
    this.events.link(false)
    let forGood = FOR_GOOD.has(code)
    if (code === CLOSE.auth) {
      // even fresh tickets are refused: stop
      if (!this.#held && ++this.#refused >= FRESH_TICKETS_REFUSED) forGood = true
      this.#held = undefined
    }
    if (code === CLOSE.drain) this.#held = undefined
    if (forGood) this.#finish(code)
    else this.#later()
  }

  #later(): void {
    if (this.#ended || this.#retry !== undefined) return
    const ms = Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#tries)
    this.#retry = setTimeout(() => void this.#open(), ms)
  }

  #goaway({ mode, after_ms }: GoAway): void {
    if (mode === 'leave') {
      this.#finish(CLOSE.ended)
      return
    }
    if (mode === 'reconnect') this.#held = undefined
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      if (this.#ws) this.#drop()
      else void this.#open() // the drain has closed it meanwhile
    }, after_ms)
  }

  readonly #now = (): void => {
    if (!this.#ready) this.#drop() // it was opened on the network that was lost
    if (this.#ws || this.#retry === undefined) return
    clearTimeout(this.#retry)
    void this.#open()
  }

  #finish(code: number): void {
    this.#end()
    this.events.ended(code)
  }

  #end(): void {
    this.#ended = true
    clearTimeout(this.#retry)
    clearTimeout(this.#patience)
    clearInterval(this.#beat)
    globalThis.removeEventListener('online', this.#now)
    const ws = this.#ws
    this.#ws = undefined
    if (!ws) return
    ws.onopen = ws.onmessage = ws.onclose = null
    ws.close(CLOSE.normal)
  }
}
