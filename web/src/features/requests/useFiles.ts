/** The files that a part of the form is sending. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { type Filing, Outgoing } from './outgoing'
import { type FileKind, sendFile } from './sendFile'

export function useFiles(kind: FileKind, filing: Filing) {
  const [outgoing] = useState(
    () => new Outgoing((file, key, ...how) => sendFile(file, kind, key, ...how)),
  )
  const sending = useSyncExternalStore(outgoing.subscribe, outgoing.snapshot)
  const busy = sending.some(({ state }) => state !== 'failed')
  useEffect(() => {
    if (!busy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [busy])
  return {
    sending,
    add: (files: readonly File[]) => outgoing.add(files, filing),
    again: outgoing.again,
    drop: outgoing.drop,
  }
}
