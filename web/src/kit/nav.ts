/** The primary navigation: its entries, and who sees each. */
import type { Role } from '../api/session'
import { paths } from '../paths'

type Entry = {
  name: 'home' | 'consultations' | 'calendar' | 'studies' | 'settings'
  to: string
  /** The roles that see it; absent: everybody. */
  roles?: readonly Role[]
  /** Not shown to an account that is an administrator only. */
  clinical?: true
}

export const NAV: readonly Entry[] = [
  { name: 'home', to: paths.home() },
  { name: 'consultations', to: paths.consultations(), clinical: true },
  { name: 'calendar', to: paths.calendar() },
  { name: 'studies', to: paths.studies(), roles: ['radiographer', 'radiologist', 'reviewer'] },
  { name: 'settings', to: paths.settings(), roles: ['administrator'] },
]

export const seenBy = ({ roles, clinical }: Entry, held: readonly Role[]): boolean =>
  (!roles || held.some((role) => roles.includes(role))) &&
  (!clinical || held.some((role) => role !== 'administrator'))
