/** The first script of every page, tiny: what the page needs next is asked for at once, all side by side. */
import { askEarly } from './api/early'
import { FIRST, wanted } from './i18n/words'

/** Milliseconds for this small page; if it took longer, our typefaces (half a megabyte) would delay the work. */
const SLOW = 250

/** The typefaces of the system do as well on a slow link. */
function slowLink(): boolean {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return page !== undefined && page.responseEnd - page.requestStart > SLOW
}

/** Whoever needs it asks again, and says so. */
const later = () => undefined

askEarly()
void FIRST[wanted()]().catch(later)
void import('./start').catch(() => {
  // No words of any language are there: index.html has both.
  document.getElementById('stuck')?.removeAttribute('hidden')
})
if (!slowLink()) void import('./fonts').catch(later)
