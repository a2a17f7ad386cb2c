/** The chat: the lines of the room in its order, and our own lines that the server has not stored yet. */
import type { ChatLine } from './state'
import type { MemberId, Said } from './wire'

export class Chat {
  #kept: ChatLine[] = []
  #own = new Map<string, ChatLine>()
  #last: [number, number] = [0, 0]

  get lines(): readonly ChatLine[] {
    return [...this.#kept, ...this.#own.values()]
  }

  /** Adds our line as pending; it has no time until the server has stored it. */
  say(line: Pick<ChatLine, 'id' | 'from' | 'name' | 'text' | 'to' | 'of'>): void {
    const written = Date.now()
    this.#own.set(line.id, { ...line, at: null, written, mine: true, state: 'pending' })
  }

  /** Adds a line of the room; false if it is known, because a snapshot repeats lines. */
  heard(said: Said, self: MemberId | null): boolean {
    const [epoch, seq] = said.ev
    if (epoch < this.#last[0] || (epoch === this.#last[0] && seq <= this.#last[1])) return false
    this.#last = said.ev
    const id = said.id ?? said.ev.join('.')
    this.#own.delete(id)
    const { from, name, at, to } = said
    const { text, of } = payloadOf(said.payload)
    const about = of === undefined ? {} : { of }
    this.#kept.push({ id, from, name, text, ...about, at, mine: from === self, to, state: 'kept' })
    return true
  }

  refused(id: string, why: string): boolean {
    const line = this.#own.get(id)
    if (!line) return false
    this.#own.set(id, { ...line, state: 'failed', why })
    return true
  }
}

/** Whatever a page sent. */
function payloadOf(payload: unknown): { text: string; of: string | undefined } {
  const { text, of } = (payload ?? {}) as { text?: unknown; of?: unknown }
  return {
    text: typeof text === 'string' ? text : '',
    of: typeof of === 'string' ? of : undefined,
  }
}
