/** What is needed once somebody has signed in. A file per feature. */
import { account } from './account'
import { acts } from './acts'
import { checks } from './checks'
import { consultation } from './consultation'
import { devices } from './devices'
import { events } from './events'
import { exceptions } from './exceptions'
import { first_steps } from './firstSteps'
import { home } from './home'
import { ladderNames } from './ladderNames'
import { missing } from './missing'
import { myAccount } from './myAccount'
import { notices } from './notices'
import { opinions } from './opinions'
import { requests } from './requests'
import { room } from './room'
import { rosters } from './rosters'
import { rung } from './rung'
import { scheduling } from './scheduling'
import { search } from './search'
import { settings } from './settings'
import { studies } from './studies'
import { systemNames } from './systemNames'
import { telling } from './telling'
import { viewer } from './viewer'
import { workdays } from './workdays'

export const rest = {
  account,
  acts,
  checks,
  consultation,
  devices,
  events,
  exceptions,
  first_steps,
  home,
  ladders: ladderNames,
  missing,
  myAccount,
  notices,
  opinions,
  requests,
  room,
  rosters,
  rung,
  scheduling,
  search,
  settings,
  studies,
  systems: systemNames,
  telling,
  viewer,
  workdays,
}
