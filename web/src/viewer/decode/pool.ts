/** A few decoding workers, each with a few frames at a time. A cancelled frame is dropped. */
import type { Answer, Ask, Pixels, Request } from './wire'

export class FrameError extends Error {
  constructor(
    message: string,
    /** The HTTP status, 0 without an answer; null if the frame cannot be decoded. */
    readonly status: number | null,
  ) {
    super(message)
  }
}

/** Whether the failure is the network's or a restarting server's, and not the frame's. */
export const isPassing = (error: Error): boolean =>
  error instanceof FrameError && [0, 502, 503, 504].includes(error.status ?? -1)

type Waiting = {
  /** Which of the workers has it. */
  at: number
  resolve: (pixels: Pixels) => void
  reject: (error: Error) => void
}

export class Pool {
  /** Null in place of a broken worker, until the next job needs one. */
  private readonly workers: (Worker | null)[]
  private readonly waiting = new Map<number, Waiting>()
  private readonly load: number[]
  private last = 0

  constructor(size = Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1))) {
    this.workers = Array.from({ length: size }, () => this.made())
    this.load = this.workers.map(() => 0)
  }

  /** How many frames may be on their way at once. */
  get width(): number {
    return this.workers.length * 2
  }

  decode(job: Ask, signal: AbortSignal): Promise<Pixels> {
    const id = ++this.last
    const at = this.load.indexOf(Math.min(...this.load))
    if (signal.aborted) return Promise.reject(new FrameError('cancelled', null))
    const worker = this.workers[at] ?? this.made()
    this.workers[at] = worker
    this.load[at] = (this.load[at] ?? 0) + 1
    return new Promise<Pixels>((resolve, reject) => {
      this.waiting.set(id, { at, resolve, reject })
      const request: Request = { job: { ...job, id } }
      worker.postMessage(request)
      signal.addEventListener(
        'abort',
        () => {
          const cancel: Request = { cancel: id }
          worker.postMessage(cancel)
          this.settle(id)?.reject(new FrameError('cancelled', null))
        },
        { once: true },
      )
    })
  }

  dispose(): void {
    for (const worker of this.workers) worker?.terminate()
    for (const id of [...this.waiting.keys()]) {
      this.settle(id)?.reject(new FrameError('cancelled', null))
    }
  }

  private made(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      const one = this.settle(data.id)
      if (!one) return
      if ('pixels' in data) one.resolve(data.pixels)
      else {
        one.reject(new FrameError(data.failed, data.status))
        if (data.broken) this.retire(worker, data.failed)
      }
    }
    // Its script could not be loaded, so it will never answer.
    worker.onerror = (event) => {
      event.preventDefault()
      this.retire(worker, event.message || 'worker')
    }
    return worker
  }

  private retire(worker: Worker, why: string): void {
    worker.terminate()
    const at = this.workers.indexOf(worker)
    if (at < 0) return
    this.workers[at] = null
    for (const [id, one] of [...this.waiting]) {
      if (one.at === at) this.settle(id)?.reject(new FrameError(why, 0))
    }
  }

  private settle(id: number): Waiting | undefined {
    const one = this.waiting.get(id)
    this.waiting.delete(id)
    if (one) this.load[one.at] = Math.max(0, (this.load[one.at] ?? 1) - 1)
    return one
  }
}
