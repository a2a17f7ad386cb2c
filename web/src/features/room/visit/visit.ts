/** One visit to a room: the devices from the start, the call after joining. */
import { body, client } from '../../../api/client'
import { asProblem, type Problem } from '../../../api/problem'
import { Call, LocalMedia, Store, TicketRefused } from '../../../call'

export type VisitState = {
  /** It is not decided yet whether to stop at the door. */
  deciding: boolean
  call: Call | null
  /** Entered at once, without stopping at the door. */
  straight: boolean
  /** Why there is no ticket; final if the call has ended, else until the next try. */
  refusal: Problem | null
}

/** Remembers the room this tab is in, for a reload; leaving deletes it. */
const HERE = 'room.here'
export const wasIn = (room: string): boolean => sessionStorage.getItem(HERE) === room

/** Of a ticket's five minutes so much is left for going in. */
const TICKET_MS = 60_000

/** Statuses with which asking again is useless: the room is closed, or not for this person. */
const FOR_GOOD = new Set([403, 404, 409])

export class Visit {
  readonly media = new LocalMedia()
  readonly store = new Store<VisitState>({
    deciding: true,
    call: null,
    straight: false,
    refusal: null,
  })
  #over = false
  #ahead: { ticket: Promise<string>; at: number } | undefined

  /** Asks for a ticket at once: who is not stopped at the door goes in sooner. */
  constructor(
    readonly room: string,
    private readonly url: string,
  ) {
    const ticket = this.#ask()
    ticket.catch(() => undefined) // asked for again, and the refusal shown, when going in
    this.#ahead = { ticket, at: performance.now() }
  }

  get over(): boolean {
    return this.#over
  }

  join(straight = false): void {
    if (this.#over) return
    this.store.get().call?.leave()
    const call = new Call({ url: this.url, ticket: () => this.#ticket(), media: this.media })
    sessionStorage.setItem(HERE, this.room)
    call.store.subscribe(() => {
      if (call.store.get().phase !== 'ended') return
      sessionStorage.removeItem(HERE)
      this.media.rest() // nobody outside is seen or heard
    })
    this.store.patch({ deciding: false, call, straight, refusal: null })
  }

  /** Stops at the door. */
  ask(): void {
    this.store.patch({ deciding: false })
  }

  /** Joins without video; stops the camera first. */
  async joinWithAudio(): Promise<void> {
    await this.media.mute('camera', true)
    this.join()
  }

  dispose(): void {
    this.#over = true
    this.store.get().call?.leave()
    this.media.dispose()
  }

  async #ask(): Promise<string> {
    const params = { path: { id: this.room } }
    const pending = client.POST('/api/rooms/{id}/ticket', { params, body: { device: 'page' } })
    return (await body(pending)).ticket
  }

  async #ticket(): Promise<string> {
    const ahead = this.#ahead // opens the door once
    this.#ahead = undefined
    try {
      const fresh = ahead && performance.now() - ahead.at < TICKET_MS
      const ticket = await (fresh ? ahead.ticket.catch(() => this.#ask()) : this.#ask())
      this.store.patch({ refusal: null })
      return ticket
    } catch (error) {
      const problem = asProblem(error)
      this.store.patch({ refusal: problem })
      throw FOR_GOOD.has(problem.status) ? new TicketRefused() : problem
    }
  }
}
