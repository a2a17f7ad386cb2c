/** What other people have drawn: of each what stands on each image; it is seen, and never changed here. */
import { type ImageMarks, type ImageOf, imageKey } from './imageMarks'
import type { Mark } from './mark'

type Images = Map<string, readonly Mark[]>

export class Others {
  private readonly live = new Map<string, Images>()
  /** In the reader's language. */
  nameOf: (author: string) => string = () => ''

  /** Somebody who is here says what stands on an image of theirs now. */
  draw(author: string, image: ImageMarks): void {
    const images = this.live.get(author) ?? new Map()
    this.live.set(author, images.set(imageKey(image), image.marks))
  }

  /** They have left; null: everybody. */
  gone(author: string | null): void {
    if (author === null) this.live.clear()
    else this.live.delete(author)
  }

  on(image: ImageOf): { mark: Mark; by: string }[] {
    const key = imageKey(image)
    return [...this.live].flatMap(([author, images]) =>
      (images.get(key) ?? []).map((mark) => ({ mark, by: this.nameOf(author) })),
    )
  }
}
