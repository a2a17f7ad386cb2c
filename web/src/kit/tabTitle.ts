/** The title of the browser's tab: before the product's name how much is new; while a call rings it flashes. */

const FLASH_MS = 1000
const COUNT = /^\(\d+\) /

let fresh = 0
/** What the tab is called besides, while it flashes. */
let name: string | null = null

const named = () => (name ?? document.title).replace(COUNT, '')
const counted = () => (fresh > 0 ? `(${fresh}) ${named()}` : named())

export function countInTitle(count: number): void {
  fresh = count
  if (name === null) document.title = counted()
}

/** How many calls flash; what stood there comes back after the last. */
let flashing = 0
let stopFlashing = () => {}

export function flashTitle(words: string): () => void {
  flashing += 1
  if (flashing === 1) stopFlashing = alternate(words)
  return () => {
    flashing -= 1
    if (flashing === 0) stopFlashing()
  }
}

function alternate(words: string): () => void {
  name = named()
  let on = true
  document.title = words
  const again = setInterval(() => {
    // Another name since, in another language.
    if (document.title !== words && document.title !== counted()) name = document.title
    on = !on
    document.title = on ? words : counted()
  }, FLASH_MS)
  return () => {
    clearInterval(again)
    document.title = counted()
    name = null
  }
}
