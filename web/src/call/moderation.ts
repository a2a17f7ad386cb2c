/** What a lead may do to others; the room refuses it to everybody else. */
import type { MemberId, Source } from './wire'

export class Moderation {
  constructor(private readonly request: (t: string, d: object) => void) {}

  admit(target: MemberId): void {
    this.request('mod.admit', { target })
  }

  /** Asks somebody to wait, with a message; somebody in the room goes back to the waiting room. */
  hold(target: MemberId, words = ''): void {
    this.request('mod.hold', { target, words })
  }

  deny(target: MemberId, words = ''): void {
    this.request('mod.deny', { target, words })
  }

  remove(target: MemberId, words = ''): void {
    this.request('mod.remove', { target, words })
  }

  quieten(target: MemberId, source: Source = 'mic'): void {
    this.request('mod.mute', { target, source })
  }

  lock(on: boolean): void {
    this.request('mod.lock', { on })
  }

  /** Ends the room for everybody. */
  end(reason = ''): void {
    this.request('mod.end', { reason })
  }
}
