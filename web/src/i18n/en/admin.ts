/** What only the pages of administrators need besides. */
import { accounts } from './accounts'
import { audit } from './audit'
import { imports } from './imports'
import { ladders } from './ladders'
import { places } from './places'
import { staff } from './staff'
import { systems } from './systems'

export const admin = { accounts, audit, imports, ladders, places, staff, systems }
