/** The subjects of ladders in the order of a consultation, by what they are about. */
import { TOLD } from '../../consultation/told'
import type { Shape } from './ladder'

type Subject = Shape['ladder']

const GROUPS = {
  emergency: ['stat', 'lead_awaited', 'taken', 'stat_completion', 'consent_approval'],
  request: ['draft', 'approval', 'closing', 'completion', 'expiry'],
  arranging: ['acceptance', 'naming', 'arrangement', 'hold', 'accompanying'],
  meeting: [
    'readiness',
    'meeting',
    'one_sided',
    'bedside',
    'missed',
    'resumption',
    'extension',
    'ending',
  ],
  opinion: ['mdt_section', 'opinion', 'signing', 'feedback', 'execution', 'reassessment', 'recall'],
  papers: ['papers', 'renewal', 'images', 'identity', 'counts'],
  rounds: [
    'round_answer',
    'round_planning',
    'round_list',
    'round_note',
    'round_countersign',
    'round_instruction',
  ],
  keeping: [
    'critical_value',
    'critical_action',
    'critical_call',
    'desk',
    'sending_again',
    'report_read',
    'reading',
    'archiving',
    'holidays',
    'roster_gap',
    'round_coverage',
    'time_unbooked',
    'registration',
    'confirm_role',
    'device',
    'break_glass',
  ],
  told: TOLD,
} as const satisfies Record<string, readonly Subject[]>
export type Group = keyof typeof GROUPS

type Grouped = (typeof GROUPS)[Group][number]
/** Fails to compile where a subject stands in no group. */
export const ALL_GROUPED: Exclude<Subject, Grouped> extends never ? true : never = true

/** Those that there are, group by group. */
export function grouped(shapes: readonly Shape[]): { group: Group; shapes: Shape[] }[] {
  return Object.entries(GROUPS)
    .map(([group, subjects]) => ({
      group: group as Group,
      shapes: subjects.flatMap((one) => shapes.filter(({ ladder }) => ladder === one)),
    }))
    .filter((each) => each.shapes.length > 0)
}
