/** Chinese is the master: its shape is what every other language must fill. A file per feature. */
import { common } from './common'
import { consultation } from './consultation'
import { home } from './home'
import { opinions } from './opinions'
import { requests } from './requests'
import { room } from './room'
import { scheduling } from './scheduling'
import { signin } from './signin'
import { studies } from './studies'
import { viewer } from './viewer'

export const zh = {
  ...common,
  consultation,
  home,
  opinions,
  requests,
  room,
  scheduling,
  signin,
  studies,
  viewer,
}
