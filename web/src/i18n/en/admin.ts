/** What the pages of administrators need besides, and a few others that load their words themselves. */
import { accounts } from './accounts'
import { admin_problem } from './adminProblem'
import { audit } from './audit'
import { break_glass } from './breakGlass'
import { devices } from './devices'
import { first_steps } from './firstSteps'
import { imports } from './imports'
import { ladders } from './ladders'
import { myAccount } from './myAccount'
import { places } from './places'
import { quality } from './quality'
import { reads_today } from './readsToday'
import { roster_plan } from './rosterPlan'
import { rosters } from './rosters'
import { settings } from './settings'
import { sites } from './sites'
import { staff } from './staff'
import { standby } from './standby'
import { systems } from './systems'
import { telling } from './telling'
import { unsaved } from './unsaved'
import { workdays } from './workdays'

export const admin = {
  accounts,
  admin_problem,
  audit,
  break_glass,
  devices,
  first_steps,
  imports,
  ladders,
  myAccount,
  places,
  quality,
  reads_today,
  roster_plan,
  rosters,
  settings,
  sites,
  staff,
  standby,
  systems,
  telling,
  unsaved,
  workdays,
}
