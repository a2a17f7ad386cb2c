/** What is needed once somebody has signed in. A file per feature. */
import { account } from './account'
import { acts } from './acts'
import { checks } from './checks'
import { consultation } from './consultation'
import { events } from './events'
import { home } from './home'
import { key_images } from './keyImages'
import { ladderNames } from './ladderNames'
import { missing } from './missing'
import { notices } from './notices'
import { opinions } from './opinions'
import { pageNames } from './pageNames'
import { rung } from './rung'
import { search } from './search'
import { studies } from './studies'
import { systemNames } from './systemNames'
import { taken } from './taken'
import { viewer } from './viewer'

export const rest = {
  ...pageNames,
  account,
  acts,
  checks,
  consultation,
  events,
  home,
  key_images,
  ladders: ladderNames,
  missing,
  notices,
  opinions,
  rung,
  search,
  studies,
  systems: systemNames,
  taken,
  viewer,
}
