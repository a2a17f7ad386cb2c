/** What is on the screen: it paints a frame with its labels, and knows what it painted last. */
import { type Choice, frameFor, viewFor, voiFor } from '../choice'
import type { Pixels } from '../decode/wire'
import type { Frame } from '../dicom/frame'
import { type Difference, differences } from '../dicom/identity'
import { text as dicomText, number } from '../dicom/json'
import { markFirstImage } from '../firstImage'
import { keyImageOf } from '../keyimage'
import type { How } from '../presentation/presentations'
import { placeAt, pointOf, type Shown } from '../shown'
import type { Kept } from '../tools/kept'
import { textOf } from '../tools/text'
import type {
  Cited,
  ExpectedPatient,
  KeyImage,
  PaintState,
  Place,
  RemotePointer,
  StudyRef,
  Vec2,
} from '../types'
import { toCanvas } from '../view/camera'
import { edgesOf } from '../view/orientation'
import { Painter } from '../view/painter'
import type { Words } from '../words'
import { dateOf, type Labels, labelsOf } from './labels'
import { Lens } from './lens'
import { Marks } from './marks'
import { type Detail, Overlay } from './overlay'
import { referenceLine } from './reference'
import { summaryOf } from './spoken'

const bare = new WeakMap<Pixels, Pixels>()

/** Without overlay planes; the same object again for the same pixels, so that it is not painted anew for nothing. */
function bareOf(pixels: Pixels): Pixels {
  const made = bare.get(pixels) ?? { ...pixels, overlaid: null, hidden: !!pixels.overlaid?.length }
  bare.set(pixels, made)
  return made
}

/** What is to be painted, and of how many images it is one. */
export type Wanted = {
  study: StudyRef
  count: number
  choice: Choice
  frame: Frame
  pixels: Pixels
}

export class Screen {
  readonly overlay: Overlay
  readonly marks: Marks
  shown: Shown | null = null
  state: PaintState = 'empty'
  private detail: Detail | null = null
  private labels: Labels | null = null
  readonly painter = new Painter()
  private readonly lens = new Lens()
  private readonly unwatch: () => void
  /** The slice of another viewport, whose place is drawn. */
  private beside: Frame | null = null

  constructor(
    host: HTMLElement,
    public words: Words,
    public expected: ExpectedPatient | null,
    private readonly now: () => Date,
    kept?: Kept,
  ) {
    this.marks = new Marks(kept)
    this.overlay = new Overlay(host, this.marks.svg, words)
    this.marks.svg.after(this.lens.canvas)
    this.unwatch = this.marks.kept.watch(() => this.drawMarks())
  }

  dispose(): void {
    this.unwatch()
    this.overlay.dispose()
  }

  /** What is painted; null if another image is due. */
  current(): Shown | null {
    return this.state === 'painted' ? this.shown : null
  }

  placeAt(point: Vec2): Place | null {
    const shown = this.current()
    return shown && placeAt(shown, point)
  }

  pointOf = (place: Place): Vec2 | null => this.shown && pointOf(this.shown, place)

  say(words: Words): void {
    this.words = words
    this.overlay.say(words)
    this.set(this.state, this.detail)
  }

  set(state: PaintState, detail: Detail | null = null): void {
    this.state = state
    this.detail = detail
    this.overlay.state(state, detail)
  }

  /** False while the stage has no size yet. */
  paint(wanted: Wanted, { presented, stateName }: How): boolean {
    const size = this.overlay.size()
    if (size.width < 2 || size.height < 2) return false
    const { study, count, choice } = wanted
    const { frame, pixels: all } = presented ?? wanted
    const pixels = choice.bare ? bareOf(all) : all
    const context = this.overlay.surface(size)
    const voi = voiFor(frame, choice.voi, pixels)
    const view = viewFor(frame, choice.view ?? presented?.camera ?? null, size)
    const painted = frameFor(frame, choice)
    const matrix = this.painter.draw(context, size, painted, pixels, voi, view, presented)
    const colour = 'rgba' in pixels
    const inverted = choice.inverted && !colour
    const looks = { study, frame, index: choice.index, count, voi, pixels, colour, view, inverted }
    const file = { frame: wanted.frame, pixels: wanted.pixels }
    this.shown = { ...looks, file, presented, stateName, matrix, size, choice }
    const quality = pixels.preview ? 'preview' : 'full'
    const where = { sop: frame.instance.uid, frame: frame.number, quality } as const
    if (!pixels.preview) this.overlay.unhint(this.words.measure.wait)
    this.labels = labelsOf(this.shown, size, this.words, this.now())
    this.overlay.painted(this.labels, edgesOf(frame, view), where)
    this.drawMarks()
    this.lens.draw(this.shown, this.painter)
    this.set('painted')
    markFirstImage()
    return true
  }

  drawMarks(): void {
    const { shown, labels, marks } = this
    if (!shown || !labels) return
    marks.draw(shown, this.words)
    this.overlay.spoken.say(summaryOf(shown, labels, marks.kept, this.words))
    const cut = this.beside && referenceLine(shown.frame, this.beside)
    if (cut) this.marks.refer(toCanvas(shown.matrix, cut[0]), toCanvas(shown.matrix, cut[1]))
  }

  /** Draws where this slice of another viewport cuts what is shown. */
  refer(beside: Frame | null): void {
    this.beside = beside
    this.drawMarks()
  }

  /** Looks at a point of the stage through a glass, as long as it is not null. */
  magnify(at: Vec2 | null): void {
    this.lens.at = at
    this.lens.draw(this.current(), this.painter)
  }

  /** A mark that was not finished goes. */
  unsketch(): void {
    this.marks.unsketch()
    this.overlay.hint('')
    this.drawMarks()
  }

  point(pointer: RemotePointer): void {
    this.marks.pointers.point(pointer)
    this.drawMarks()
  }

  name(nameOf: (id: string) => string): void {
    this.marks.pointers.nameOf = nameOf
    this.drawMarks()
  }

  /** Compares the image on screen with the page's patient, and shows differences in the bar. */
  checkIdentity(): readonly Difference[] {
    const { shown, expected } = this
    const found = shown && expected ? differences(shown.frame.instance.ds, expected) : []
    this.overlay.differs(found)
    return found
  }

  async keyImage(): Promise<KeyImage | null> {
    const shown = this.current()
    if (!shown || shown.pixels.preview) return null // no key image of a preview
    return keyImageOf(shown, this.painter, this.marks, this.words)
  }

  /** The chosen or else the last measurement on what is shown; a preview has none. */
  cited(): Cited | null {
    const shown = this.current()
    if (!shown || shown.pixels.preview) return null
    const { kept } = this.marks
    const chosen = kept.chosenOn(shown.frame)
    const all = chosen ? [chosen] : kept.on(shown.frame)
    const text = all.flatMap((mark) => textOf(mark, shown.file, this.words).slice(0, 1)).at(-1)
    if (text === undefined) return null
    const seriesNumber = number(shown.frame.instance.ds, '00200011')
    const prior = shown.study.prior ? dateOf(dicomText(shown.frame.instance.ds, '00080020')) : null
    return { text, seriesNumber, position: shown.index + 1, prior }
  }

  blank(detail: Detail): void {
    this.shown = null
    this.magnify(null)
    this.marks.svg.replaceChildren()
    this.overlay.blank()
    this.set('empty', detail)
  }
}
