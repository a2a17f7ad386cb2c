/** What this person does and what others' hints tell of it, fetched once: the hint of one's own act comes at the same
 *  moment as its answer. */
import { queryClient } from './queries'
import { together } from './stale'

export const soon = together(queryClient)
