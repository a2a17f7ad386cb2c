/** One visit to a room: this machine's devices from the first moment on, the call once one joins. */
import { body, client } from '../../../api/client'
import { asProblem, type Problem } from '../../../api/problem'
import { Call, LocalMedia, Store, TicketRefused } from '../../../call'

export type VisitState = {
  /** Not known yet whether there is a question to ask at the door. */
  deciding: boolean
  call: Call | null
  /** Joined without a question: permission and a passed test were there. */
  straight: boolean
  /** Why there is no ticket: for good once the call has ended, until the next try before. */
  refusal: Problem | null
}

/** Which room this tab was in when its page was loaded anew; leaving forgets it. */
const HERE = 'room.here'
export const wasIn = (room: string): boolean => sessionStorage.getItem(HERE) === room

/** The room is closed, or not for this person: asking again changes nothing. */
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

  constructor(
    readonly room: string,
    private readonly url: string,
  ) {
    void this.media.open()
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
      if (call.store.get().phase === 'ended') sessionStorage.removeItem(HERE)
    })
    this.store.patch({ deciding: false, call, straight, refusal: null })
  }

  /** At the door there is something to ask. */
  ask(): void {
    this.store.patch({ deciding: false })
  }

  /** Without a picture: the camera's light goes out first. */
  async joinWithAudio(): Promise<void> {
    await this.media.mute('camera', true)
    this.join()
  }

  dispose(): void {
    this.#over = true
    this.store.get().call?.leave()
    this.media.dispose()
  }

  async #ticket(): Promise<string> {
    try {
      const params = { path: { id: this.room } }
      const pending = client.POST('/api/rooms/{id}/ticket', { params, body: { device: 'page' } })
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
