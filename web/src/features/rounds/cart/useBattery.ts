/** How full the tablet's battery is, where the browser says so. */
import { useEffect, useState } from 'react'

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
