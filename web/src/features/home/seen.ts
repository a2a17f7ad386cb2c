/** When something on the screen has been seen, and how the server hears of it. */
import { asProblem } from '../../api/problem'

/** Before it is said again, if the server could not be told. */
const AGAIN_MS = 3000
/** Whoever has touched the page within this time sits before it: an empty chair sees nothing. */
export const PRESENT_MS = 60_000
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

/** As the server names devices; a touch screen of a telephone's width is a telephone. */
export const device = () => (window.matchMedia('(max-width: 767px)').matches ? 'phone' : 'computer')

type End = () => void

/** Says it until it is heard, or until it is ended. */
export function untilHeard(say: () => Promise<unknown>): End {
  let again: ReturnType<typeof setTimeout> | undefined
  let over = false
  const once = () =>
    say().catch((error: unknown) => {
      const { status } = asProblem(error)
      if (!over && (status === 0 || status >= 500)) again = setTimeout(once, AGAIN_MS)
    })
  void once()
  return () => {
    over = true
    clearTimeout(again)
  }
}

/** At once or at one of these events, as soon as `may`. */
function once(may: () => boolean, events: readonly string[], then: () => End): End {
  let end: End | undefined
  const stop = () => {
    for (const each of events) document.removeEventListener(each, look)
  }
  const look = () => {
    if (!may()) return
    stop()
    end = then()
  }
  for (const each of events) document.addEventListener(each, look)
  look()
  return () => {
    stop()
    end?.()
  }
}

const visible = () => document.visibilityState === 'visible'

/** At once, or when somebody turns to this page: what rings in a tab behind another was not seen. */
export const whenVisible = (then: () => End): End => once(visible, ['visibilitychange'], then)

/** Opening the page is a sign too. */
let touched = Date.now()
const touch = () => {
  touched = Date.now()
}
for (const each of SIGNS) document.addEventListener(each, touch, { capture: true, passive: true })

/** As `whenVisible`, and once somebody sits before it. */
export const whenPresent = (then: () => End): End =>
  once(() => visible() && Date.now() - touched < PRESENT_MS, ['visibilitychange', ...SIGNS], then)
