/** State goes out at most so often, always with the newest value last. */
export class Coalescer<T> {
  private waiting: { value: T } | null = null
  private timer: ReturnType<typeof setTimeout> | null = null

  /** Fifty milliseconds: twenty times a second (imaging.md). */
  constructor(
    private readonly send: (value: T) => void,
    private readonly interval = 50,
  ) {}

  offer(value: T): void {
    if (this.timer !== null) {
      this.waiting = { value }
      return
    }
    this.send(value)
    this.timer = setTimeout(this.tick, this.interval)
  }

  dispose(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.waiting = null
  }

  private tick = (): void => {
    this.timer = null
    const { waiting } = this
    this.waiting = null
    if (waiting) this.offer(waiting.value)
  }
}
