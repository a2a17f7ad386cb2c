/** The bell of an emergency, and a soft tone for what is new. Browsers keep a page silent until somebody has clicked or typed in it. */

const TONES_HZ = [880, 660] as const
const TONE_S = 0.28
const PAUSE_MS = 1600
const LOUDNESS = 0.35
/** What is new can wait: lower and softer than what rings. */
const CHIME_HZ = 523
const SOFT = 0.12
/** In this browser; an emergency rings all the same. */
const SILENT = 'notices-silent'

let context: AudioContext | null = null

/** Call once: a click or key in the page, one made before too, lets the bell ring from then on. */
export function unlockBell(): () => void {
  const unlock = () => {
    context ??= new AudioContext()
    void context.resume()
  }
  if (navigator.userActivation?.hasBeenActive) unlock()
  const events = ['pointerdown', 'keydown'] as const
  for (const each of events) window.addEventListener(each, unlock, { capture: true })
  return () => {
    for (const each of events) window.removeEventListener(each, unlock, { capture: true })
  }
}

/** Whether the bell can be heard. */
export const bellUnlocked = (): boolean => context?.state === 'running'

/** Rings until the returned function is called; silent while it is locked, and heard as soon as it is not. */
export function ringBell(): () => void {
  strike()
  const again = setInterval(strike, PAUSE_MS)
  return () => clearInterval(again)
}

export const chimes = (): boolean => window.localStorage.getItem(SILENT) === null

export function letChime(on: boolean): void {
  if (on) window.localStorage.removeItem(SILENT)
  else window.localStorage.setItem(SILENT, '1')
}

/** One soft tone for something new, unless this browser was told to keep silent. */
export function chime(): void {
  if (context?.state === 'running' && chimes()) tone(context, CHIME_HZ, context.currentTime, SOFT)
}

/** Once, to hear whether it can be heard. */
export function strike(): void {
  const on = context
  if (on?.state !== 'running') return
  for (const [n, hertz] of TONES_HZ.entries()) tone(on, hertz, on.currentTime + n * TONE_S)
}

function tone(on: AudioContext, hertz: number, at: number, loudness = LOUDNESS): void {
  const source = on.createOscillator()
  const volume = on.createGain()
  source.frequency.value = hertz
  // Faded in and out, because a tone that is cut off clicks.
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(loudness, at + 0.02)
  volume.gain.setValueAtTime(loudness, at + TONE_S - 0.05)
  volume.gain.linearRampToValueAtTime(0, at + TONE_S)
  source.connect(volume).connect(on.destination)
  source.start(at)
  source.stop(at + TONE_S)
}
