/** Chinese is the master: its shape is what every other language must fill. A file per feature. */
import { acts } from './acts'
import { checks } from './checks'
import { common } from './common'
import { consultation } from './consultation'
import { events } from './events'
import { exceptions } from './exceptions'
import { home } from './home'
import { missing } from './missing'
import { notices } from './notices'
import { opinions } from './opinions'
import { problem } from './problem'
import { requests } from './requests'
import { room } from './room'
import { rung } from './rung'
import { scheduling } from './scheduling'
import { settings } from './settings'
import { signin } from './signin'
import { studies } from './studies'
import { telling } from './telling'
import { viewer } from './viewer'

export const zh = {
  ...common,
  checks,
  events,
  exceptions,
  missing,
  acts,
  consultation,
  home,
  notices,
  opinions,
  problem,
  requests,
  room,
  rung,
  scheduling,
  settings,
  signin,
  studies,
  telling,
  viewer,
}
