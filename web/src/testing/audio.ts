/** Stands for the browser's AudioContext: silent until it is resumed; notes the frequencies that are struck. */

export const heard: number[] = []
const connect = (to: unknown) => to

export class AudioStub {
  state = 'suspended'
  currentTime = 0
  destination = {}
  resume = () => {
    this.state = 'running'
    return Promise.resolve()
  }
  createGain = () => ({
    gain: { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined },
    connect,
  })
  createOscillator = () => ({
    frequency: {
      set value(hertz: number) {
        heard.push(hertz)
      },
    },
    connect,
    start: () => undefined,
    stop: () => undefined,
  })
}
