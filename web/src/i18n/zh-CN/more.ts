/** What pages show only when asked for, or to few, with words that load with it. */
import { answers } from './answers'
import { chart } from './chart'
import { exceptions } from './exceptions'
import { my_reading } from './myReading'
import { read_only } from './readOnly'
import { unsaved } from './unsaved'
import { viewer_keys } from './viewerKeys'
import { ward_boards } from './wardBoards'

export const more = {
  answers,
  chart,
  exceptions,
  my_reading,
  read_only,
  unsaved,
  viewer_keys,
  ward_boards,
}
