/** Runs something once at the next animation frame, or by a timer, because background pages get few frames. */
export class Soon {
  private raf = 0
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(private readonly run: () => void) {}

  ask(): void {
    if (this.timer !== null) return
    this.raf = requestAnimationFrame(this.once)
    this.timer = setTimeout(this.once, 60)
  }

  dispose(): void {
    cancelAnimationFrame(this.raf)
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private once = (): void => {
    this.dispose()
    this.run()
  }
}
