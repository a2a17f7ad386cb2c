/** A batch to which nothing more is sent: the archive is told, and asked until it has looked at each file. */
import type { Batch, BatchApi } from './wire'

type On = {
  heard: (now: Batch) => void
  settled: (now: Batch) => void
  /** The archive did not take it as ended; it can be ended again. */
  failed: (error: unknown) => void
  trouble: (error: unknown) => void
}

export class Ending {
  failed = false
  private abandon = false
  private timer: ReturnType<typeof setTimeout> | null = null
  private disposed = false
  /** A few files are looked at in a moment, many take their time: asked soon, then less and less often. */
  private pause: number

  constructor(
    private readonly id: string,
    private readonly api: BatchApi,
    private readonly every: number,
    private readonly on: On,
  ) {
    this.pause = every / 8
  }

  async end(abandon = this.abandon): Promise<void> {
    this.abandon = abandon
    this.failed = false
    try {
      const now = await this.api.finish(this.id, abandon)
      if (this.disposed) return
      this.on.heard(now)
    } catch (error) {
      this.failed = true
      if (!this.disposed) this.on.failed(error)
      return
    }
    await this.ask()
  }

  dispose(): void {
    this.disposed = true
    if (this.timer !== null) clearTimeout(this.timer)
  }

  private async ask(): Promise<void> {
    try {
      const now = await this.api.read(this.id)
      if (this.disposed) return
      this.on.heard(now)
      if (now.settled) {
        this.on.settled(now)
        return
      }
    } catch (error) {
      if (this.disposed) return
      this.on.trouble(error)
    }
    this.timer = setTimeout(() => void this.ask(), this.pause)
    this.pause = Math.min(this.every, this.pause * 1.5)
  }
}
