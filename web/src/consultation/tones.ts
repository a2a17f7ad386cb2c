/** The colour that goes with the word of a state. */
import type { Tone } from '../kit/Pill'

const TONES: Record<string, Tone> = {
  draft: 'quiet',
  returned: 'urgent',
  interrupted: 'stat',
  no_show: 'stat',
  declined: 'quiet',
  cancelled: 'quiet',
  discarded: 'quiet',
  expired: 'quiet',
  ready: 'done',
  closed: 'done',
  archived: 'done',
}
export const toneOf = (state: string): Tone => TONES[state] ?? 'brand'
