/** Shows a series as a film, round and round, at the rate that its file asks for. */
import type { Frame } from './dicom/frame'
import { number, numbers } from './dicom/json'
import type { Shown } from './shown'
import type { Viewer } from './viewer'

/** Where the file says nothing. */
const USUAL = 10

/**
 * How long a frame stays, in milliseconds, and whether its file says so: Recommended Display Frame Rate, Cine Rate,
 * Frame Time Vector (the time since the frame before), Frame Time (PS3.3 C.7.6.5).
 */
export function stayOf({ instance: { ds }, number: at }: Frame): { stay: number; own: boolean } {
  const rate = number(ds, '00082144') || number(ds, '00180040')
  const times = numbers(ds, '00181065')
  const stay = (rate && 1000 / rate) || times[at] || times.at(-1) || number(ds, '00181063')
  return stay && stay > 0 ? { stay, own: true } : { stay: 1000 / USUAL, own: false }
}

export class Cine {
  private timer: ReturnType<typeof setTimeout> | null = null
  private series = ''

  constructor(
    private readonly viewer: Viewer,
    private readonly onPlaying: (playing: boolean) => void,
  ) {
    document.addEventListener('visibilitychange', this.hidden)
  }

  get playing(): boolean {
    return this.timer !== null
  }

  start(): void {
    const { viewer } = this
    const shown = viewer.current()
    if (!shown || viewer.count < 2 || this.playing) return
    this.series = shown.frame.instance.series
    const { stay, own } = stayOf(shown.frame)
    const { overlay, words } = viewer.screen
    overlay.hint(words.cine(String(Number((1000 / stay).toFixed(1))), own))
    this.wait(shown)
    this.onPlaying(true)
  }

  stop(): void {
    if (this.timer === null) return
    clearTimeout(this.timer)
    this.timer = null
    this.viewer.screen.overlay.hint('')
    this.onPlaying(false)
  }

  dispose(): void {
    this.stop()
    document.removeEventListener('visibilitychange', this.hidden)
  }

  private wait({ frame }: Shown): void {
    this.timer = setTimeout(this.step, stayOf(frame).stay)
  }

  private step = (): void => {
    const { viewer } = this
    const { shown } = viewer.screen
    if (!shown || shown.frame.instance.series !== this.series) {
      this.stop()
      return
    }
    // A frame that is not here yet is waited for, and none is left out.
    if (viewer.current()) viewer.scrollTo((shown.index + 1) % viewer.count)
    this.wait(shown)
  }

  private hidden = (): void => {
    if (document.hidden) this.stop()
  }
}
