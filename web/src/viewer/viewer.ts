/** One image viewport: shows frames of an archive's studies, and the same view as somebody else. */
import { stackKey } from './catalog'
import { type Choice, changed, firstLook, placeIn, viewFor, voiFor } from './choice'
import { type Frame, frameKey } from './dicom/frame'
import { indexOf, type Stack } from './dicom/stack'
import type { ViewerOptions } from './options'
import { Presentations } from './presentation/presentations'
import type { Detail } from './screen/overlay'
import { Screen } from './screen/screen'
import { type Shown, stateOf } from './shown'
import { Soon } from './soon'
import { Source } from './source'
import { detailOf, statusOf } from './status'
import type { ExpectedPatient, StudyRef, ToolName, ViewState, Voi } from './types'
import type { Size, View } from './view/camera'
import type { Words } from './words'

type Target = { study: StudyRef; stack: Stack; choice: Choice }
type Choose = (stack: Stack, before: Choice | null) => Choice | null

export class Viewer {
  readonly screen: Screen
  tool: ToolName = 'window'
  private readonly source: Source
  /** The last choice for each series. */
  private readonly left = new Map<string, Target>()
  private readonly resize: ResizeObserver
  private target: Target | null = null
  private turn = 0
  /** The turn whose list of images is being read; 0: none. */
  private reading = 0
  private seq = 0
  private own = false
  private again: () => void = () => {}
  private readonly soon = new Soon(() => this.render())
  readonly presentations = new Presentations(() => this.soon.ask())

  constructor(
    host: HTMLElement,
    private readonly options: ViewerOptions,
  ) {
    const now = options.now ?? (() => new Date())
    this.screen = new Screen(host, options.words, options.expected ?? null, now, options.kept)
    this.screen.overlay.retry.onclick = () => this.again()
    this.source = options.source ?? new Source()
    this.source.frames.showTo((key) => this.arrived(key))
    this.resize = new ResizeObserver(() => this.soon.ask())
    this.resize.observe(this.screen.overlay.stage)
    this.setState('empty')
  }

  /** Sets the studies that this window may show; any other is refused, or blanked if it is on screen. */
  register(studies: readonly StudyRef[]): void {
    this.source.catalog.register(studies)
    const { target } = this
    if (!target) return
    const study = this.source.catalog.study(target.stack.hospital, target.stack.study)
    if (!study) this.clear('gone')
    else if (study.received === target.study.received) target.study = study
    else void this.refresh()
  }

  setWords(words: Words): void {
    this.screen.say(words)
    this.soon.ask()
  }

  expect(patient: ExpectedPatient | null): void {
    this.screen.expected = patient
    this.tell()
  }

  /** Show a series as it was left, at first its middle frame. */
  show(hospital: string, study: string, series: string): Promise<boolean> {
    this.own = true
    return this.openSeries(hospital, study, series, (stack, before) => before ?? firstLook(stack))
  }

  /** Show what somebody else sees: the same frame, window and part of the image. */
  follow(state: ViewState): Promise<boolean> {
    this.own = false
    return this.openSeries(state.hospital, state.study, state.series, (stack) => {
      const index = indexOf(stack, state.instance, state.frame)
      const { voi, camera: view, presentation = null, bare = false, inverted = false } = state
      return index < 0 ? null : { index, voi, view, presentation, bare, inverted }
    })
  }

  /** Reads the list again after more images have arrived; the old list stays until then. */
  private async refresh(): Promise<void> {
    const { study, stack: old } = this.target ?? {}
    const now = old && this.source.catalog.study(old.hospital, old.study)
    if (!now || now.received === study?.received) return
    const stack = await this.source.catalog.stack(now, old.series).catch(() => null)
    const { target } = this
    if (!stack || !target || stackKey(target.stack) !== stackKey(stack)) return
    // More images arrived meanwhile: their own refresh follows.
    if (this.source.catalog.study(stack.hospital, stack.study) !== now) return
    this.take(now, stack, placeIn(stack, target), this.reading !== this.turn)
  }

  private async openSeries(
    hospital: string,
    study: string,
    series: string,
    choose: Choose,
  ): Promise<boolean> {
    const ref = this.source.catalog.study(hospital, study)
    if (!ref) return false
    const turn = ++this.turn
    const key = stackKey({ hospital, study, series })
    const chosen = (one: Stack): Choice | null => {
      const left = this.left.get(key)
      return choose(one, left ? placeIn(one, left) : null)
    }
    const { target } = this
    // Do not wait for a series that is open already, so that shared states are applied in order.
    const choice = target && stackKey(target.stack) === key ? chosen(target.stack) : null
    if (target && choice) return this.take(target.study, target.stack, choice)
    this.setState('loading')
    // Before the first series, do not cancel: what was read in advance may be for this one.
    if (target) this.source.frames.cancel()
    this.reading = turn
    const stack = await this.source.catalog
      .stack(ref, series, (one) => !!chosen(one))
      .catch(() => null)
    if (turn !== this.turn) return false
    this.reading = 0
    // The study may have been taken away while its list was read.
    if (!this.source.catalog.study(hospital, study)) return this.clear('gone')
    const found = stack && (stack.frames.length > 0 ? chosen(stack) : firstLook(stack))
    if (!stack || !found) {
      this.again = () => void this.openSeries(hospital, study, series, choose)
      this.setState('failed')
      return false
    }
    const shown = this.take(ref, stack, found)
    void this.refresh() // the study may have got more images while its list was read
    return shown
  }

  private take(study: StudyRef, stack: Stack, choice: Choice, paint = true): boolean {
    if (stack.frames.length === 0) return this.clear('noPixels')
    this.target = { study, stack, choice }
    this.left.set(stackKey(stack), this.target)
    this.source.frames.open(study, stack)
    if (paint) this.render()
    return true
  }

  scrollBy(by: number): void {
    if (this.target) this.scrollTo(this.target.choice.index + by)
  }

  scrollTo(index: number): void {
    this.change({ index: Math.min(this.count - 1, Math.max(0, Math.round(index))) })
  }

  setVoi(voi: Choice['voi']): void {
    this.change({ voi })
  }

  /** Shows the images as a presentation state of the study says, by its UID; null: as their files say. */
  present(presentation: string | null): void {
    this.change({ presentation, voi: null, view: null })
  }

  /** Moves the view that is wanted now, so that two steps between two paints add up. */
  moveView(to: (frame: Frame, view: View, size: Size) => View): void {
    const shown = this.current()
    if (!shown) return
    const wanted = this.target?.choice.view ?? shown.presented?.camera ?? null
    this.change({ view: to(shown.frame, viewFor(shown.frame, wanted, shown.size), shown.size) })
  }

  reset(): void {
    this.change({ voi: null, view: null, inverted: false })
  }

  setTool(tool: ToolName): void {
    this.tool = tool
    this.screen.unsketch()
    this.tell()
  }

  get count(): number {
    return this.target?.stack.frames.length ?? 0
  }

  /** The series that is open and the frame that is wanted; null: none. */
  get open(): { stack: Stack; index: number } | null {
    const { stack, choice } = this.target ?? {}
    return stack && choice ? { stack, index: choice.index } : null
  }

  /** Goes where another viewport has gone; that is no act of the person here. */
  accompany(index: number): void {
    this.change({ index })
    this.own = false
  }

  get modality(): string {
    return this.wanted()?.instance.modality ?? ''
  }

  /** What is on the screen, for measuring and pointing; null unless it is current. */
  current = (): Shown | null => this.screen.current()

  /** The wanted window, also between two paints of a fast drag. */
  voiNow = ({ frame, pixels }: Shown): Voi => voiFor(frame, this.target?.choice.voi ?? null, pixels)

  viewState(): ViewState | null {
    const shown = this.current()
    return shown && stateOf(shown, ++this.seq)
  }

  dispose(): void {
    this.turn++
    this.target = null
    this.resize.disconnect()
    this.soon.dispose()
    this.source.dispose()
    this.screen.dispose()
  }

  change(part: Partial<Choice>): void {
    const { target } = this
    if (!target) return
    this.own = true
    target.choice = changed(target.stack, target.choice, part)
    this.soon.ask()
  }

  private wanted = (): Frame | undefined => this.target?.stack.frames[this.target.choice.index]

  private arrived(key: string): void {
    const frame = this.wanted()
    if (frame && frameKey(frame) === key) this.render()
    else this.tell()
  }

  private render(): void {
    const { target, screen } = this
    const frame = this.wanted()
    if (!target || !frame) return
    const { study, choice } = target
    const pixels = this.source.frames.get(frame)
    this.source.frames.want(choice.index)
    const how = pixels && this.presentations.how(choice, frame, pixels)
    if (!pixels || !how) {
      this.lacking(frame)
    } else if ('why' in how) {
      this.again = () => this.render()
      this.setState('failed', how.why)
    } else if (screen.paint({ study, count: this.count, choice, frame, pixels }, how)) {
      this.tell()
      const state = this.own ? this.viewState() : null
      if (state) this.options.onView?.(state)
      if (pixels.preview && this.source.frames.failure(frame)) this.lacking(frame) // over the preview
    }
  }

  private lacking(frame: Frame): void {
    const failure = this.source.frames.failure(frame)
    this.again = () => {
      this.source.frames.retry(frame)
      this.render()
    }
    if (failure) this.setState('failed', detailOf(failure))
    else this.setState('loading')
  }

  private clear(detail: Detail): false {
    this.turn++
    this.source.frames.cancel()
    this.target = null
    this.screen.blank(detail)
    this.tell()
    return false
  }

  private setState(...state: Parameters<Screen['set']>): void {
    this.screen.set(...state)
    this.tell()
  }

  private tell(): void {
    const { screen, source } = this
    const { ready } = source.frames
    const { stack = null, choice = null } = this.target ?? {}
    const differences = screen.checkIdentity()
    screen.overlay.progress(choice?.index ?? 0, this.count, ready, source.frames.scrollable)
    this.options.onStatus?.(statusOf(stack, choice, screen, ready, this.tool, differences))
  }
}
