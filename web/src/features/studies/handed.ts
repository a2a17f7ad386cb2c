/** Key images handed to the page that keeps them, each until that has answered. */
import { newId } from '../../id'

/** A page that does not answer for this long is taken to be gone. */
const ANSWERS_WITHIN = 10_000

export class Handed {
  private readonly waiting = new Map<string, (ok: boolean) => void>()

  /** Rejects where the image was not kept. */
  over(send: (id: string) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const id = newId()
      const answer = (ok: boolean) => {
        clearTimeout(timer)
        this.waiting.delete(id)
        if (ok) resolve()
        else reject(new Error('not kept'))
      }
      const timer = setTimeout(() => answer(false), ANSWERS_WITHIN)
      this.waiting.set(id, answer)
      send(id)
    })
  }

  answered(id: string, ok: boolean): void {
    this.waiting.get(id)?.(ok)
  }
}
