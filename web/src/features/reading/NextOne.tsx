/** On the page of a reading: the next one, by its key too, once this one is done with. */
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useRole, useSession } from '../../api/session'
import { freeFor } from '../../kit/shortcuts'
import { isMine, type Reading } from './queries'
import { may, type useDeskActs } from './useDeskActs'
import { useNextAhead } from './useNextAhead'

type Props = {
  reading: Reading
  acts: ReturnType<typeof useDeskActs>
  /** The images are in a window of their own, which reads ahead for itself. */
  apart?: boolean
}

/** Whether this person takes the next one after this. */
export function useReads({ hub_id }: Reading): boolean {
  const { actor } = useSession()
  return useRole('radiologist') && actor.hospital_id === hub_id
}

export function NextOne({ reading, acts, apart = false }: Props) {
  const { t } = useTranslation()
  const reads = useReads(reading)
  useNextAhead(reads && !apart)
  const busyHere = isMine(reading) || may(reading, 'issue')
  const next = useRef<(() => void) | null>(null)
  next.current = reads && !busyHere ? acts.next : null
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'n' || event.repeat) return
      if (event.ctrlKey || event.metaKey || event.altKey || !freeFor(event) || !next.current) return
      event.preventDefault()
      next.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  if (!reads || busyHere) return null
  return (
    <Button loading={acts.busy} onClick={acts.next}>
      {t('reading.next')} <kbd>N</kbd>
    </Button>
  )
}
