/** Samples the connection twice a second: reports when we speak, and every two seconds how good the link is. */
import type { Pair } from './pair'
import { between, cut, type Link, levelOf, loudness, type Sample, sample, speaks } from './quality'

const EVERY_MS = 500
const LINK_EVERY = 4
/** Quiet samples until "speaking" ends, so that it does not flicker in short pauses. */
const QUIET_AFTER = 3

export interface MonitorEvents {
  /** Whether the other sends picture or sound, so that packets must arrive. */
  sends(): boolean
  speaking(on: boolean): void
  link(link: Link): void
}

export class Monitor {
  readonly #timer: ReturnType<typeof setInterval>
  #before: { pair: Pair; sample: Sample } | undefined
  #last: Sample | undefined
  #quiet = QUIET_AFTER
  #round = 0
  #looking = false

  constructor(
    private readonly pair: () => Pair | undefined,
    private readonly rtt: () => number | null,
    private readonly events: MonitorEvents,
  ) {
    this.#timer = setInterval(() => void this.#look(), EVERY_MS)
  }

  dispose(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      const pair = this.pair()
      const open = pair !== undefined && pair.pc.signalingState !== 'closed'
      const now = open ? sample(await pair.pc.getStats()) : undefined
      this.#voice(now && this.#last ? loudness(this.#last, now) : 0)
      this.#last = now
      if (++this.#round % LINK_EVERY === 0) this.#link(pair, now)
    } finally {
      this.#looking = false
    }
  }

  #voice(loud: number): void {
    const spoke = this.#quiet < QUIET_AFTER
    this.#quiet = speaks(loud) ? 0 : this.#quiet + 1
    if (this.#quiet < QUIET_AFTER !== spoke) this.events.speaking(!spoke)
  }

  #link(pair: Pair | undefined, now: Sample | undefined): void {
    if (pair && now) {
      if (this.#before?.pair === pair) this.events.link(this.#judge(pair, this.#before.sample, now))
      this.#before = { pair, sample: now }
      return
    }
    this.#before = undefined
    const rtt = this.rtt()
    if (rtt !== null) this.events.link({ level: levelOf(rtt, 0), rtt })
  }

  #judge(pair: Pair, before: Sample, now: Sample): Link {
    const link = between(before, now)
    const silent = this.events.sends() && now.received <= before.received
    return silent || pair.pc.connectionState !== 'connected' ? cut(link) : link
  }
}
