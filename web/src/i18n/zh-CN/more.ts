/** What pages show only when asked for, or to few, with words that load with it. */
import { chart } from './chart'
import { exceptions } from './exceptions'

export const more = { chart, exceptions }
