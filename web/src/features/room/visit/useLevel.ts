/** The loudness of a stream in steps, sampled ten times a second; renders only when the step changes. */
import { useEffect, useState } from 'react'

const EVERY_MS = 100
/** The root mean square of speech at arm's length. */
const LOUD = 0.12

export function useLevel(stream: MediaStream | null, steps: number): number {
  const [level, setLevel] = useState(0)
  const track = stream?.getAudioTracks()[0] ?? null
  useEffect(() => {
    if (!track || typeof AudioContext === 'undefined') {
      setLevel(0)
      return
    }
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    const source = context.createMediaStreamSource(new MediaStream([track]))
    source.connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      const square = samples.reduce((sum, value) => sum + value * value, 0) / samples.length
      setLevel(Math.min(steps, Math.round((Math.sqrt(square) / LOUD) * steps)))
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
      source.disconnect()
      void context.close()
    }
  }, [track, steps])
  return level
}
