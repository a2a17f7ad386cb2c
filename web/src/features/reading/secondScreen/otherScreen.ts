/** Puts a window on the monitor beside this one, where the browser lets pages know of it (Window Management API). */

type Area = { availLeft: number; availTop: number; availWidth: number; availHeight: number }
type Screens = { screens: readonly Area[]; currentScreen: Area }
type Asks = { getScreenDetails?: () => Promise<Screens> }

/**
 * The other monitor; null without one, or where it may not be known. To be called while a press is being answered, as
 * the browser asks the person only then, and before a window is opened, which uses the press up.
 */
export async function otherScreen(): Promise<Area | null> {
  if (!(window.screen as { isExtended?: boolean }).isExtended) return null
  try {
    const found = await (window as Asks).getScreenDetails?.()
    return found?.screens.find((each) => each !== found.currentScreen) ?? null
  } catch {
    return null // the person has said no; they move the window themselves
  }
}

export function fill(opened: Window, area: Area): void {
  opened.moveTo(area.availLeft, area.availTop)
  opened.resizeTo(area.availWidth, area.availHeight)
}
