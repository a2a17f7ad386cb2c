/** The output device for the others' sound: the browser's default, or this person's choice. */

/** The browser's default device. */
export const USUAL = 'default'

type Sink = HTMLMediaElement & { setSinkId?: (id: string) => Promise<void> }

/** Whether the browser allows a choice; Safari and Firefox before 116 do not. */
export const choosesSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype

export async function playOn(element: HTMLMediaElement, speaker: string): Promise<void> {
  const sink: Sink = element
  await sink.setSinkId?.(speaker === USUAL ? '' : speaker)
}

const NOTES = [523.25, 659.25, 783.99]
const EACH_S = 0.28

/** Plays three rising notes on the device. */
export async function testSound(speaker: string): Promise<void> {
  const context = new AudioContext()
  const out = context.createMediaStreamDestination()
  const element = new Audio()
  try {
    element.srcObject = out.stream
    await playOn(element, speaker)
    await context.resume()
    await element.play()
    await chord(context, out)
  } finally {
    element.srcObject = null
    await context.close()
  }
}

function chord(context: AudioContext, out: AudioNode): Promise<void> {
  const gain = context.createGain()
  gain.gain.value = 0.2
  gain.connect(out)
  const begin = context.currentTime + 0.05
  const notes = NOTES.map((hertz, i) => {
    const note = context.createOscillator()
    note.frequency.value = hertz
    note.connect(gain)
    note.start(begin + i * EACH_S)
    note.stop(begin + (i + 1) * EACH_S)
    return note
  })
  return new Promise((resolve) => {
    notes.at(-1)?.addEventListener('ended', () => resolve())
  })
}
