/** On a bad line the picture is no longer sent, and the sound goes on; somebody sends it again. */
import { useEffect, useState } from 'react'
import type { Bedside } from './useBedside'

const POOR_MS = 10_000

export function useAudioOnly({ state, mute }: Bedside): (() => void) | null {
  const [stopped, setStopped] = useState(false)
  const camera = state?.local.sources.camera
  const seen = camera !== undefined && !camera.muted
  const poor = state?.phase === 'in' && seen && state.link?.level === 'poor'
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted from when the line became poor
  useEffect(() => {
    if (!poor) return
    const timer = setTimeout(() => {
      setStopped(true)
      void mute('camera', true)
    }, POOR_MS)
    return () => clearTimeout(timer)
  }, [poor])
  useEffect(() => {
    if (seen) setStopped(false)
  }, [seen])
  return stopped && !seen ? () => void mute('camera', false) : null
}
