/** What only the pages of administrators need besides. */
import { ladders } from './ladders'
import { systems } from './systems'

export const admin = { ladders, systems }
