/** English: the same files, each checked against the Chinese one. */
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

export const en = {
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
