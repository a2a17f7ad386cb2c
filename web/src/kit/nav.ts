/** The primary navigation: what stands in it, and for whom. An entry exists when its page does. */
import type { Role } from '../api/session'
import { paths } from '../paths'

type Entry = {
  name: 'home' | 'consultations' | 'calendar' | 'studies' | 'settings'
  to: string
  /** The roles that see it; everybody when absent. */
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
