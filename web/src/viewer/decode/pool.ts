/** A few decoding workers, each kept busy with a couple of frames; a cancelled frame is forgotten. */
import type { Answer, Job, Pixels, Request } from './wire'

export class FrameError extends Error {
  constructor(
    message: string,
    readonly status: number | null,
  ) {
    super(message)
  }
}

type Waiting = {
  worker: Worker
  resolve: (pixels: Pixels) => void
  reject: (error: Error) => void
}

export class Pool {
  private readonly workers: Worker[]
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

  decode(job: Omit<Job, 'id'>, signal: AbortSignal): Promise<Pixels> {
    const id = ++this.last
    const at = this.load.indexOf(Math.min(...this.load))
    const worker = this.workers[at]
    if (!worker || signal.aborted) return Promise.reject(new FrameError('cancelled', null))
    this.load[at] = (this.load[at] ?? 0) + 1
    return new Promise<Pixels>((resolve, reject) => {
      this.waiting.set(id, { worker, resolve, reject })
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
    for (const worker of this.workers) worker.terminate()
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
      else one.reject(new FrameError(data.failed, data.status))
    }
    worker.onerror = (event) => {
      event.preventDefault()
      for (const [id, one] of [...this.waiting]) {
        if (one.worker === worker) {
          this.settle(id)?.reject(new FrameError(event.message || 'worker', null))
        }
      }
    }
    return worker
  }

  private settle(id: number): Waiting | undefined {
    const one = this.waiting.get(id)
    this.waiting.delete(id)
    if (one) {
      const at = this.workers.indexOf(one.worker)
      this.load[at] = Math.max(0, (this.load[at] ?? 1) - 1)
    }
    return one
  }
}
