/** What comes next is read while nothing else is to do: the next bed stands there at once when the round goes to it,
 *  and its images when the lead opens them. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { whenIdle } from '../../../kit/idle'
import { readWhenIdle } from '../../studies/readWhenIdle'
import { bedQuery, chartQuery, type Item, isRunning, type Round } from './queries'
import { nextOf } from './sheet'
import { useBedStudies } from './useBedStudies'

/** Reads the sheet and the charts of the next bed; gives that bed, or null as long as nothing is read ahead. */
export function useNextBed(round: Round, shown: Item | null): Item | null {
  const calm = useCalm(shown?.id ?? null)
  const next = isRunning(round) && calm ? nextOf(round) : null
  const { id = '', patient = null } = next ?? {}
  // Nothing is asked for of a bed that somebody may not follow to.
  const ahead = { enabled: patient !== null, refetchInterval: false } as const
  useQuery({ ...bedQuery(id), ...ahead })
  useQuery({ ...chartQuery(patient?.id ?? ''), ...ahead })
  return patient ? next : null
}

/** The images of this bed until they have been open, then those of the next. `open`: they are on the screen. */
export function useImagesAhead(shown: Item | null, next: Item | null, open: boolean): void {
  const queries = useQueryClient()
  const here = useStudy(shown)
  const there = useStudy(next)
  const bed = shown?.id ?? null
  const [seen, setSeen] = useState<string | null>(null)
  useEffect(() => {
    if (open) setSeen(bed)
  }, [open, bed])
  const study = here && seen !== bed ? here : there
  useEffect(
    () => (study && !open ? readWhenIdle(queries, study) : undefined),
    [queries, study, open],
  )
}

/** The first of a bed whose sheet is here. */
function useStudy(item: Item | null) {
  const { data } = useQuery({ ...bedQuery(item?.id ?? ''), enabled: false })
  return useBedStudies(item ? data : undefined)[0] ?? null
}

/** The browser has had nothing to do since the round came to this bed. */
function useCalm(bed: string | null): boolean {
  const [calmAt, setCalmAt] = useState<string | null>()
  useEffect(() => whenIdle(() => setCalmAt(bed)), [bed])
  return calmAt === bed
}
