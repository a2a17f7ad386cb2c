/** Speech to text by the browser, only where it recognises on this device: no speech leaves the hospital. Types and names
 *  are those of the Web Speech API, which TypeScript's DOM does not have yet. */

type Heard = {
  resultIndex: number
  results: ArrayLike<{ isFinal: boolean; 0: { transcript: string } }>
}

export interface Recognition {
  lang: string
  continuous: boolean
  /** Without it the browser may send what is said to its maker. */
  processLocally: boolean
  onresult: ((event: Heard) => void) | null
  onerror: ((event: { error: string }) => void) | null
  onend: (() => void) | null
  start: () => void
  stop: () => void
  abort: () => void
}

export interface Recogniser {
  new (): Recognition
  readonly prototype: Recognition
  /** `available`: it can begin at once; a language that has yet to be downloaded is for hospital IT to decide. */
  available?: (of: { langs: string[]; processLocally: boolean }) => Promise<string>
}

export function recogniser(): Recogniser | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = window as {
    SpeechRecognition?: Recogniser
    webkitSpeechRecognition?: Recogniser
  }
  return SpeechRecognition ?? webkitSpeechRecognition
}

/** `lang`: a BCP 47 tag. */
export async function onDevice(lang: string): Promise<boolean> {
  const known = recogniser()
  // An older browser would ignore the wish and send what is said away.
  if (!known?.available || !('processLocally' in known.prototype)) return false
  const said = await known.available({ langs: [lang], processLocally: true }).catch(() => '')
  return said === 'available'
}

/** What was said and is final since the last event. */
export function finalOf({ resultIndex, results }: Heard): string {
  return Array.from(results)
    .slice(resultIndex)
    .filter(({ isFinal }) => isFinal)
    .map((each) => each[0].transcript)
    .join('')
}
