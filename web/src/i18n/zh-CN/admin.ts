/** What only the pages of administrators need besides. */
import { ladders } from './ladders'

export const admin = { ladders }
