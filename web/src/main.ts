/** The first script of every page, tiny: what the page needs next is asked for at once, all side by side. */
import { askEarly, firstRead, imagesAt, isForAnImage } from './api/early'
import { FIRST, wanted } from './i18n/words'
import { firstImage } from './viewer/firstImage'

/** Milliseconds for this small page; if it took longer, our typefaces (half a megabyte) come last. */
const SLOW_MS = 350
/** After the pages are fetched: by then the first of them has asked for its data. */
const LAST_MS = 8_000
/** How long the typefaces wait for the image that a page is opened for. */
const IMAGE_MS = 4_000

/** Until then the system's typefaces do. */
function slowLink(): boolean {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return page !== undefined && page.responseEnd - page.requestStart > SLOW_MS
}

/** Whoever needs it asks again, and says so. */
const later = () => undefined

const { pathname } = window.location
/** Nothing of this is for strangers, whose sign-in page needs the link for itself. */
async function behindTheDoor(session: Response): Promise<void> {
  if (!session.ok || (await session.clone().json()).actor === null) return
  const read = firstRead(pathname)
  const images = imagesAt(pathname)
  if (read) void askEarly(read)
  if (images) {
    void import('./features/studies/ahead').then((ahead) => ahead.imagesOpened(images)).catch(later)
    void import('./features/studies/imagesPage').catch(later)
  }
  void import('./app').catch(later)
}

askEarly('/api/session').then(behindTheDoor).catch(later)
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
if (!slow) void (isForAnImage(pathname) ? firstImage(IMAGE_MS) : Promise.resolve()).then(typefaces)
