/** What only the pages of administrators need besides. */
import { imports } from './imports'
import { ladders } from './ladders'
import { systems } from './systems'

export const admin = { imports, ladders, systems }
