/** The first script of every page, tiny: what the page needs next is asked for at once, all side by side. */
import { askEarly } from './api/early'
import { FIRST, wanted } from './i18n/words'

/** Milliseconds for this small page; if it took longer, our typefaces (half a megabyte) come last. */
const SLOW_MS = 350
/** After the pages are fetched: by then the first of them has asked for its data. */
const LAST_MS = 8_000

/** Until then the system's typefaces do. */
function slowLink(): boolean {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return page !== undefined && page.responseEnd - page.requestStart > SLOW_MS
}

/** Whoever needs it asks again, and says so. */
const later = () => undefined

askEarly()
void FIRST[wanted()]().catch(later)
const typefaces = () => import('./fonts').catch(later)
const slow = slowLink()
void import('./start').then(
  ({ fetched }) => slow && void fetched.then(() => setTimeout(typefaces, LAST_MS)),
  () => {
    // No words of any language are there: index.html has both.
    document.getElementById('stuck')?.removeAttribute('hidden')
  },
)
if (!slow) void typefaces()
