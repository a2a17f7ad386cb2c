/** Whether the window is too narrow for things side by side: a phone, or a small window. */
import { useCallback, useSyncExternalStore } from 'react'

export function useFits(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

/** Three columns would leave the image less than the two beside it. */
export const useNarrow = (): boolean => useFits('(max-width: 899px)')
