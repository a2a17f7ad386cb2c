/** Tries again by itself, later each time, until something comes. */
const SOONEST_MS = 1_000
const LATEST_MS = 16_000

export class Retry {
  private timer: ReturnType<typeof setTimeout> | null = null
  private wait = SOONEST_MS

  constructor(private readonly run: () => void) {}

  /** Something failed that may pass. */
  later(): void {
    if (this.timer !== null) return
    this.timer = setTimeout(() => {
      this.timer = null
      this.run()
    }, this.wait)
    this.wait = Math.min(2 * this.wait, LATEST_MS)
  }

  /** Something came: the next failure is the first again. */
  came(): void {
    this.wait = SOONEST_MS
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.wait = SOONEST_MS
  }
}
