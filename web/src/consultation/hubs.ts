/** Which hubs a consultation was at, and whether a consent names the one it is at now. */
import type { Consultation } from './view'

const MOVES = new Set(['consultation.redirected', 'consultation.received'])

/** The hub that was asked before; null if it was never redirected. */
export function formerHub({ history }: Consultation): string | null {
  const last = history.filter(({ type }) => type === 'consultation.redirected').at(-1)
  return last ? String(last.data.hub_id) : null
}

/** The hub that the outdated consent names: several may have passed it on since one last received it. */
export function namedHub(history: { type: string; data: { hub_id?: unknown } }[]): string | null {
  const moves = history.filter(({ type }) => MOVES.has(type))
  const received = moves.map(({ type }) => type).lastIndexOf('consultation.received')
  const first = moves[received + 1]
  return first ? String(first.data.hub_id) : null
}

/** Whether no consent names the hub that is asked now, which therefore sees nothing yet. */
export const awaitsConsent = ({ history }: Consultation): boolean =>
  history.filter(({ type }) => MOVES.has(type)).at(-1)?.type === 'consultation.redirected'
