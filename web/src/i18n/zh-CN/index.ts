/** Chinese is the master: its shape is what every other language must fill. */
import { admin } from './admin'
import { critical } from './critical'
import { ecg } from './ecg'
import { first } from './first'
import { home_items } from './homeItems'
import { mdt } from './mdt'
import { more } from './more'
import { mpr } from './mpr'
import { reading } from './reading'
import { reading_desk } from './readingDesk'
import { reading_flagged } from './readingFlagged'
import { reading_past } from './readingPast'
import { reading_screen } from './readingScreen'
import { readings_of } from './readingsOf'
import { recurring } from './recurring'
import { requests } from './requests'
import { rest } from './rest'
import { room } from './room'
import { rounds } from './rounds'
import { rounds_answer } from './roundsAnswer'
import { rounds_board } from './roundsBoard'
import { rounds_cart } from './roundsCart'
import { rounds_charting } from './roundsCharting'
import { rounds_live } from './roundsLive'
import { rounds_notes } from './roundsNotes'
import { scheduling } from './scheduling'
import { series } from './series'
import { standing } from './standing'
import { timing } from './timing'

export const zh = {
  ...first,
  ...rest,
  ...admin,
  ...more,
  recurring,
  requests,
  room,
  rounds,
  rounds_answer,
  rounds_board,
  rounds_cart,
  rounds_charting,
  rounds_live,
  rounds_notes,
  scheduling,
  series,
  standing,
  timing,
  mdt,
  mpr,
  reading,
  reading_desk,
  reading_flagged,
  reading_past,
  reading_screen,
  readings_of,
  critical,
  ecg,
  home: { ...rest.home, ...home_items },
  ladders: { ...rest.ladders, ...admin.ladders },
  systems: { ...rest.systems, ...admin.systems },
  myAccount: { ...rest.myAccount, ...admin.myAccount },
  rosters: { ...rest.rosters, ...admin.rosters },
  telling: { ...rest.telling, ...admin.telling },
  places: admin.places,
  staff: admin.staff,
}
