/** The primary navigation: its entries, and who sees each. */
import type { Role } from '../api/session'
import { paths, patterns } from '../paths'

type Entry = {
  name:
    | 'home'
    | 'consultations'
    | 'rounds'
    | 'calendar'
    | 'duty'
    | 'sites'
    | 'reading'
    | 'critical'
    | 'discrepancies'
    | 'studies'
    | 'audit'
    | 'credentials'
    | 'staff'
    | 'settings'
  to: string
  /** The pattern of another page of the same, where this entry is lit. */
  also?: string
  /** The roles that see it; absent: everybody. */
  roles?: readonly Role[]
  /** Not shown to an account that is an administrator only. */
  clinical?: true
}

export const NAV: readonly Entry[] = [
  { name: 'home', to: paths.home() },
  { name: 'consultations', to: paths.consultations(), clinical: true },
  {
    name: 'rounds',
    to: paths.rounds(),
    also: patterns.wardBoard,
    roles: [
      ...(['bed_doctor', 'requesting_doctor', 'accompanying_physician'] as const),
      ...(['senior_doctor', 'duty_doctor', 'charge_nurse', 'primary_nurse'] as const),
      ...(['coordinator', 'expert', 'trainee'] as const),
    ],
  },
  { name: 'calendar', to: paths.calendar() },
  { name: 'duty', to: paths.onDuty(), also: patterns.standby },
  {
    name: 'sites',
    to: paths.sites(),
    roles: ['coordinator', 'dispatcher', 'duty_officer', 'administrator'],
  },
  {
    name: 'reading',
    to: paths.readings(),
    roles: ['radiologist', 'radiographer', 'requesting_doctor'],
  },
  {
    name: 'critical',
    to: paths.criticalFindings(),
    roles: [
      ...([
        'requesting_doctor',
        'duty_doctor',
        'senior_doctor',
        'charge_nurse',
        'primary_nurse',
      ] as const),
      ...(['radiologist', 'radiographer', 'reviewer'] as const),
    ],
  },
  {
    name: 'discrepancies',
    to: paths.discrepancies(),
    roles: ['quality_officer'],
  },
  { name: 'studies', to: paths.studies(), roles: ['radiographer', 'radiologist', 'reviewer'] },
  { name: 'audit', to: paths.audit(), roles: ['reviewer'] },
  { name: 'credentials', to: paths.credentials(), roles: ['reviewer'] },
  { name: 'staff', to: paths.staff(), roles: ['administrator'] },
  { name: 'settings', to: paths.settings(), roles: ['administrator'] },
]

export const seenBy = ({ roles, clinical }: Entry, held: readonly Role[]): boolean =>
  (!roles || held.some((role) => roles.includes(role))) && (!clinical || seesCases(held))

/** Everything but home, where they are. */
export const waysOf = (held: readonly Role[]) =>
  NAV.filter((entry) => seenBy(entry, held)).flatMap(({ name, to }) =>
    name === 'home' ? [] : [{ name, to }],
  )

/** Whether any role of theirs sees cases. */
export const seesCases = (held: readonly Role[]): boolean =>
  held.some((role) => role !== 'administrator')
