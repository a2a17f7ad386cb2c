/** At a device of a hospital (a ward cart) the pages of whoever is signed in stand in a frame of the device's own page,
 *  which owns the call. The two say to each other: somebody acts here; send what you have, because they leave; they
 *  have left. */
export const WORDS = ['acted', 'leave', 'left', 'signed_out'] as const
export type Word = (typeof WORDS)[number]

/** Whether this page stands in a frame, which can only be one of our own (frame-ancestors). */
export const framed = (): boolean => window.parent !== window

const tell = (to: Window | null | undefined, word: Word): void =>
  to?.postMessage({ device: word }, window.location.origin)

export const tellDevice = (word: Word): void => tell(window.parent, word)
export const tellFrame = (frame: HTMLIFrameElement | null, word: Word): void =>
  tell(frame?.contentWindow, word)

const OPENED = 'device-opened'

/** Opens a tab that is no page of ours (a print, a file). At a device the device's own page gets hold of it, and closes
 *  it when whoever opened it leaves: these pages are gone by then. */
export function openTab(address: string): Window | null {
  const tab = window.open(address, '_blank')
  if (tab) holdAtDevice(tab)
  return tab
}

/** The same for a window that is open already. */
export function holdAtDevice(tab: Window): void {
  if (framed()) window.parent.dispatchEvent(new CustomEvent<Window>(OPENED, { detail: tab }))
}

/** On the device's own page: the tabs that its frame opens; returns how to stop listening. */
export function onTab(opened: (tab: Window) => void): () => void {
  const listen = (event: Event) => opened((event as CustomEvent<Window>).detail)
  window.addEventListener(OPENED, listen)
  return () => window.removeEventListener(OPENED, listen)
}

/** What the other of the two says; returns how to stop listening. */
export function onWord(from: () => Window | null | undefined, heard: (word: Word) => void) {
  const listen = ({ data, origin, source }: MessageEvent<unknown>) => {
    if (origin !== window.location.origin || source === null || source !== from()) return
    const said = (data as { device?: unknown } | null)?.device
    const word = WORDS.find((each) => each === said)
    if (word) heard(word)
  }
  window.addEventListener('message', listen)
  return () => window.removeEventListener('message', listen)
}
