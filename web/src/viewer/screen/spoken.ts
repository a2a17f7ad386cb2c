/** What a screen reader says of the picture and of the marks on it: once it rests, and not at each step of the wheel. */
import type { Shown } from '../shown'
import type { Kept } from '../tools/kept'
import type { Mark } from '../tools/mark'
import { textOf } from '../tools/text'
import type { Words } from '../words'
import type { Labels } from './labels'

const RESTS_MS = 700

export class Spoken {
  private text = ''
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly element: HTMLElement) {
    element.setAttribute('aria-live', 'polite')
  }

  /** Until another text is final nothing is said, so that what is read is never of the picture before. */
  say(text: string): void {
    if (text === this.text) return
    this.text = text
    clearTimeout(this.timer)
    this.element.textContent = ''
    if (text !== '')
      this.timer = setTimeout(() => {
        this.element.textContent = text
      }, RESTS_MS)
  }

  dispose(): void {
    clearTimeout(this.timer)
  }
}

/** Whose image it is, what and how it is shown, in which quality, and every mark: what it is, its figures, whose. */
export function summaryOf(shown: Shown, labels: Labels, kept: Kept, words: Words): string {
  const { comma, spoken } = words
  const { frame, file, pixels } = shown
  const corners = [labels.who, labels.what, labels.how].flat().map((line) => line.text)
  const said = (mark: Mark, by: string) =>
    spoken.mark(words.kind[mark.kind], textOf(mark, file, words).join(comma), by)
  const marks = [
    ...kept.on(frame).map((mark) => said(mark, spoken.own)),
    ...kept.othersOn(frame).map(({ mark, by }) => said(mark, by)),
  ]
  return [
    ...corners,
    pixels.preview ? words.preview : spoken.full,
    ...(kept.hidden && kept.any(frame) ? [words.marksHidden] : []),
    ...(marks.length > 0 ? [spoken.marks(marks.length), ...marks] : []),
  ].join(comma)
}
