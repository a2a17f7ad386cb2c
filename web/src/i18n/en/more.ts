/** What pages show only when asked for, or to few. */
import { chart } from './chart'
import { exceptions } from './exceptions'

export const more = { chart, exceptions }
