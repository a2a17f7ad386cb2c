/** An upload for the life of a page, and what it remembers over a reload: the batch, never a name. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useSession } from '../../../api/session'
import { useSessionEnded } from '../../../api/signedOut'
import { sender } from './sender'
import { type Memory, type Snapshot, StudyUpload } from './upload'
import { BatchApi } from './wire'

const memoryFor = (owner: string, hint: string): Memory => {
  const key = `upload/${owner}/${hint}`
  return {
    get: () => window.localStorage.getItem(key),
    set: (id) => (id ? window.localStorage.setItem(key, id) : window.localStorage.removeItem(key)),
  }
}

export function useUpload(
  hint: string,
  onSettled: (studyUids: string[]) => void,
): { upload: StudyUpload; now: Snapshot } {
  const { imaging_url, actor } = useSession()
  const [upload] = useState(() => {
    const api = new BatchApi(imaging_url)
    return new StudyUpload(api, sender(api.uploads), memoryFor(actor.id, hint), hint)
  })
  const now = useSyncExternalStore(upload.subscribe, upload.snapshot)
  useEffect(() => {
    upload.begin()
    return () => upload.dispose()
  }, [upload])

  const ended = useSessionEnded()
  useEffect(() => {
    if (!ended) upload.resume()
  }, [ended, upload])

  const told = useRef<Snapshot['studies']>([])
  useEffect(() => {
    if (now.studies.length === 0 || told.current === now.studies) return
    told.current = now.studies
    onSettled(now.studies.map(({ study_uid }) => study_uid))
  })

  // Leaving in the middle asks first: the browser says it in its own words.
  const busy = now.phase === 'sending' || now.phase === 'stopped'
  useEffect(() => {
    if (!busy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [busy])
  return { upload, now }
}
