/** The primary navigation: what stands in it, and for whom. An entry exists when its page does. */
import type { Role } from '../api/session'
import { paths } from '../paths'

type Entry = {
  name: 'home' | 'consultations' | 'calendar' | 'studies'
  to: string
  /** The roles that see it; everybody when absent. */
  roles?: readonly Role[]
}

export const NAV: readonly Entry[] = [
  { name: 'home', to: paths.home() },
  { name: 'consultations', to: paths.consultations() },
  { name: 'calendar', to: paths.calendar() },
  { name: 'studies', to: paths.studies(), roles: ['radiographer', 'radiologist', 'reviewer'] },
]
