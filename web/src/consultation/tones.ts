/** The tone of each state. */
import type { Schemas } from '../api/client'
import type { Tone } from '../kit/Pill'

const TONES: Partial<Record<Schemas['State'], Tone>> = {
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
export const toneOf = (state: Schemas['State']): Tone => TONES[state] ?? 'brand'
