/** What other people have drawn: of each what stands on each image; it is seen, and never changed here. */
import { type ImageMarks, type ImageOf, imageKey } from './imageMarks'
import type { Mark } from './mark'

type Images = Map<string, readonly Mark[]>

/** A saved mark, whose it is, and how that is said. */
export type StoredMark = ImageOf & { mark: Mark; author: string; by: string }

export class Others {
  /** By member of the room, `<person>/<device>`. */
  private readonly live = new Map<string, Images>()
  /** By study. */
  private readonly stored = new Map<string, readonly StoredMark[]>()
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

  /** What the server has of a study. */
  store(study: string, marks: readonly StoredMark[]): void {
    this.stored.set(study, marks)
  }

  /** Of whoever is here and has changed theirs on this image, what they see; of the others, what they saved. */
  on(image: ImageOf): { mark: Mark; by: string }[] {
    const key = imageKey(image)
    const drawn = [...this.live].flatMap(([author, images]) => {
      const marks = images.get(key)
      return marks ? [{ author, marks }] : []
    })
    const here = new Set(drawn.map(({ author }) => author.split('/')[0]))
    const saved = (this.stored.get(`${image.hospital}/${image.study}`) ?? []).filter(
      (each) => imageKey(each) === key && !here.has(each.author),
    )
    return [
      ...saved.map(({ mark, by }) => ({ mark, by })),
      ...drawn.flatMap(({ author, marks }) =>
        marks.map((mark) => ({ mark, by: this.nameOf(author) })),
      ),
    ]
  }
}
