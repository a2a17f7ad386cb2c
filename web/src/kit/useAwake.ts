/** Keeps the screen on while `wanted`, and says whether it does. */
import { useEffect, useState } from 'react'

/** `missing`: this browser cannot, or the page came by plain http. */
export type Awake = 'on' | 'off' | 'missing'

/** The browser lets go of it when the page is hidden. */
export function useAwake(wanted = true): Awake {
  const [on, setOn] = useState(false)
  useEffect(() => {
    if (!wanted) return
    let held: WakeLockSentinel | null = null
    let over = false
    const hold = () => {
      if (document.visibilityState !== 'visible') return
      navigator.wakeLock?.request('screen').then(
        (lock) => {
          if (over) return void lock.release()
          held = lock
          setOn(true)
          lock.addEventListener?.('release', () => setOn(false))
        },
        () => undefined, // a nearly empty battery; the screen sleeps as it would
      )
    }
    hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', hold)
      void held?.release()
      setOn(false)
    }
  }, [wanted])
  if (!('wakeLock' in navigator)) return 'missing'
  return on ? 'on' : 'off'
}
