/** Notifications of the browser: seen over other windows, for as long as a page is open. */
import { useState } from 'react'

/** `missing`: this browser has none, or the page came by plain http. */
type Permission = NotificationPermission | 'missing'

const permission = (): Permission =>
  'Notification' in window ? Notification.permission : 'missing'

/** Whether they are allowed, and what asks for it: browsers ask only after a click. */
export function usePermission(): [Permission, () => void] {
  const [now, setNow] = useState(permission)
  return [now, () => void Notification.requestPermission().then(setNow)]
}

/** It must name no patient: it may lie on a locked screen. Returns what takes it away, if it may be shown. */
export function notify(title: string, options: NotificationOptions): (() => void) | undefined {
  if (permission() !== 'granted') return undefined
  const shown = shownOr(title, options)
  if (!shown) return undefined
  shown.onclick = () => {
    window.focus()
    shown.close()
  }
  return () => shown.close()
}

/** Chrome on Android grants notifications and then lets no page make one. */
function shownOr(title: string, options: NotificationOptions): Notification | null {
  try {
    return new Notification(title, options)
  } catch {
    return null
  }
}
