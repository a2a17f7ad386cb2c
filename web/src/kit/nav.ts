/** The primary navigation: what stands in it, and for whom. An entry exists when its page does. */
import type { Role } from '../api/session'
import { paths } from '../paths'

type Entry = {
  name: 'home' | 'consultations' | 'studies'
  to: string
  /** The roles that see it; everybody when absent. */
  roles?: readonly Role[]
}

export const NAV: readonly Entry[] = [
  { name: 'home', to: paths.home() },
  { name: 'consultations', to: paths.consultations() },
  { name: 'studies', to: paths.studies(), roles: ['radiographer', 'radiologist', 'reviewer'] },
]
