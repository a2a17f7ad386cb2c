/** Keeps the tablet's screen on; and how full its battery is, where the browser says so. */
import { useEffect, useState } from 'react'

/** The browser lets go of it when the page is hidden. */
export function useAwake(): void {
  useEffect(() => {
    let held: WakeLockSentinel | null = null
    let over = false
    const hold = () => {
      if (document.visibilityState !== 'visible') return
      navigator.wakeLock?.request('screen').then(
        (lock) => {
          if (over) void lock.release()
          else held = lock
        },
        () => undefined, // a nearly empty battery; the tablet sleeps as it would
      )
    }
    hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', hold)
      void held?.release()
    }
  }, [])
}

type Manager = EventTarget & { level: number; charging: boolean }
export type Battery = { percent: number; charging: boolean }
const TELLS = ['levelchange', 'chargingchange'] as const

export function useBattery(): Battery | null {
  const [battery, setBattery] = useState<Battery | null>(null)
  useEffect(() => {
    let manager: Manager | null = null
    let over = false
    const tell = () => {
      if (manager)
        setBattery({ percent: Math.round(manager.level * 100), charging: manager.charging })
    }
    const from = navigator as Navigator & { getBattery?: () => Promise<Manager> }
    from.getBattery?.().then(
      (found) => {
        if (over) return
        manager = found
        for (const each of TELLS) found.addEventListener(each, tell)
        tell()
      },
      () => undefined,
    )
    return () => {
      over = true
      for (const each of TELLS) manager?.removeEventListener(each, tell)
    }
  }, [])
  return battery
}

export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => setOnline(navigator.onLine)
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  return online
}
