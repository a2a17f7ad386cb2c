/** What can be chosen, in the order in which it is offered. */
import type { Schemas } from '../../api/client'
import type { Role } from '../../api/session'

export const TITLES: readonly Schemas['Title'][] = [
  'chief',
  'associate_chief',
  'attending',
  'resident',
  'nurse',
  'technician',
  'administrator',
]
export const CATEGORIES: readonly Schemas['LicenceCategory'][] = [
  'clinical',
  'chinese',
  'dental',
  'public_health',
  'nursing',
]
export const ROLES: readonly Role[] = [
  'requesting_doctor',
  'accompanying_physician',
  'bed_doctor',
  'senior_doctor',
  'reviewer',
  'duty_officer',
  'duty_doctor',
  'charge_nurse',
  'primary_nurse',
  'radiographer',
  'radiologist',
  'trainee',
  'expert',
  'dispatcher',
  'coordinator',
  'quality_officer',
  'administrator',
]
