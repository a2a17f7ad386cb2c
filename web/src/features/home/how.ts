/** How a work item is done: directly from the row, in the preview, or on its page. */
import { paths } from '../../paths'
import { consultationIdOf, type Work } from './view'

/** What the server may say one can do at once from the row. */
export type OneClick = 'endorse' | 'approve'

export type How =
  | { by: 'click'; act: OneClick | 'invite' }
  | { by: 'answered' }
  | { by: 'preview' }
  | { by: 'page'; to: string }

const PREVIEW: How = { by: 'preview' }

const STANDS_STILL: ReadonlySet<unknown> = new Set([
  'interrupted',
  'called_away',
  'not_begun',
  'reopened',
])

/** Whether a meeting that has not come about is to be booked anew or answered in writing. */
export const standsStill = ({ kind, note }: Pick<Work, 'kind' | 'note'>): boolean =>
  kind === 'book' && STANDS_STILL.has(note.reason)

const OF_NOTES: ReadonlySet<Work['kind']> = new Set(['write_round_note', 'countersign_round_note'])

/** Notes have their queue; what was instructed is read back and carried out beside its bed's note. */
function roundOf({ kind, about_id, note }: Work, id: string): How {
  if (OF_NOTES.has(kind)) return { by: 'page', to: paths.roundNotes(about_id) }
  if (kind === 'consent') return { by: 'page', to: paths.round(id, about_id) }
  if (typeof note.item_id === 'string') return { by: 'page', to: paths.roundNotes(note.item_id) }
  return { by: 'page', to: paths.round(id) }
}

/** Directly only if the server allows it now; otherwise in the preview. */
export function howOf(item: Work): How {
  const { kind, version, actions } = item
  if (kind === 'identity' || kind === 'declare') return { by: 'page', to: paths.studies() }
  if (kind === 'holidays') return { by: 'page', to: paths.workdays(Number(item.note.year)) }
  if (kind === 'roster_gap') return { by: 'page', to: paths.rosters(item.about_id) }
  if (kind === 'cover_rounds') return { by: 'page', to: paths.rounds('series') }
  if (kind === 'book_time') return { by: 'page', to: paths.recurring(item.about_id) }
  if (kind === 'registration' || kind === 'confirm_role')
    return { by: 'page', to: paths.credentials() }
  if (kind === 'answer_device') return { by: 'answered' }
  if (kind === 'review_break_glass') return { by: 'page', to: paths.breakGlass(item.about_id) }
  if (kind === 'read' || kind === 'review_report' || kind === 'send_again')
    return { by: 'page', to: paths.reading(item.about_id) }
  if (item.activity === 'critical_finding')
    return { by: 'page', to: paths.criticalFinding(item.about_id) }
  if (item.activity === 'round' && item.activity_id) return roundOf(item, item.activity_id)
  const id = consultationIdOf(item)
  // A kind of activity that has no pages here may ask for the same kind of work.
  if (!id) return PREVIEW
  const click = (act: OneClick): How => (actions.includes(act) ? { by: 'click', act } : PREVIEW)
  switch (kind) {
    case 'endorse':
      return click('endorse')
    case 'review':
      return click('approve')
    case 'invite':
      return version !== null ? { by: 'click', act: 'invite' } : PREVIEW
    case 'accept':
    case 'name_lead':
      return PREVIEW
    case 'book':
      if (standsStill(item)) return PREVIEW // another time, or in writing
      return { by: 'page', to: paths.booking(id) }
    case 'complete':
    case 'consent':
    case 'approve_consent':
      return { by: 'page', to: paths.request(id) }
    case 'renew': // its page offers to cancel as well
    case 'name_accompanying':
      return { by: 'page', to: paths.consultation(id) }
    case 'upload':
      return { by: 'page', to: paths.upload(id) }
    case 'write':
    case 'sign':
    case 'co_sign':
    case 'section':
      return { by: 'page', to: paths.opinion(id) }
    case 'reassess':
    case 'recall':
      return { by: 'page', to: paths.consultation(id) }
    default:
      return { by: 'page', to: `${paths.consultation(id)}#advice` }
  }
}
