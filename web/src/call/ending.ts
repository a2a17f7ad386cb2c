/** Why a call ended, from how the room's server closed its socket and what it said before. Pure. */
import type { CallState, EndReason } from './state'
import { CLOSE } from './wire'

export const CANNOT_KEEP = new Set(['no_space', 'busy'])
/** Requests that a person makes. Others are sent automatically (sdp, track.publish, views of a presenter who was just
 *  displaced …), and a refusal of those needs no message. */
export const BY_HAND = /^(mod|present|view)\./

/** Why the server refuses entry, by its error code (docs/protocol.md). `again`: the page tries again by itself, and says
 *  meanwhile what it waits for. */
export const TURNED_AWAY: Readonly<Record<string, EndReason | 'again'>> = {
  bad_message: 'outdated',
  bad_version: 'outdated',
  busy: 'again',
  forbidden: 'no_access',
  full: 'full',
  locked: 'locked',
  no_space: 'again',
  rate_limited: 'again',
  resume_expired: 'again',
  ticket_expired: 'signed_out',
  unauthenticated: 'signed_out',
}

const BY_CLOSE: Readonly<Record<number, EndReason>> = {
  [CLOSE.normal]: 'left',
  [CLOSE.ended]: 'ended',
  [CLOSE.replaced]: 'replaced',
  [CLOSE.auth]: 'signed_out',
}

/** `code` is that of the server's last error, `by` who removed one, if anybody did. */
export function endOf(close: number, code: string, phase: CallState['phase'], by = ''): EndReason {
  if (close === CLOSE.forbidden && by === 'called_away') return by
  if (close === CLOSE.forbidden && by === 'product') return 'no_access'
  if (close === CLOSE.forbidden && phase === 'in') return 'removed'
  if (close === CLOSE.forbidden && phase === 'waiting') return 'denied'
  const away = BY_CLOSE[close] ?? TURNED_AWAY[code]
  return away === undefined || away === 'again' ? 'failed' : away
}
