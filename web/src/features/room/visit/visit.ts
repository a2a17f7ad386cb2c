/** One visit to a room: the devices from the start, the call after joining. */
import { body, client } from '../../../api/client'
import { asProblem, type Problem } from '../../../api/problem'
import { Call, LocalMedia, Store, TicketRefused } from '../../../call'
import { isBeside } from './beside'

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

/** Statuses with which asking again is useless: the room is closed, or not for this person. */
const FOR_GOOD = new Set([403, 404, 409])

export class Visit {
  readonly media: LocalMedia
  /** At a device that is in this room: its camera and microphone are the device's. */
  readonly beside: boolean
  readonly store = new Store<VisitState>({
    deciding: true,
    call: null,
    straight: false,
    refusal: null,
  })
  #over = false

  constructor(
    readonly room: string,
    private readonly url: string,
    /** Whether its page steers the camera. */
    steers = false,
  ) {
    this.media = new LocalMedia(steers)
    this.beside = isBeside(room)
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

  /** Only on going in: with it whom an emergency calls leaves the meeting they are in. */
  async #ticket(): Promise<string> {
    try {
      const params = { path: { id: this.room } }
      const pending = client.POST('/api/rooms/{id}/ticket', {
        params,
        body: { device: this.beside ? 'companion' : 'page' },
      })
      const { ticket } = await body(pending)
      this.store.patch({ refusal: null })
      return ticket
    } catch (error) {
      const problem = asProblem(error)
      this.store.patch({ refusal: problem })
      throw FOR_GOOD.has(problem.status) ? new TicketRefused() : problem
    }
  }
}
