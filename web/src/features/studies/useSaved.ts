/** Saved marks of the panel's studies: everybody's are shown, the reader's own are theirs to change and to save. */
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Kept } from '../../viewer/tools/kept'
import { Saved } from '../../viewer/tools/saved'
import type { StudyRef } from '../../viewer/types'
import { siteDay } from '../../zone'
import { groupsOf, type Marks, marksQuery, savedIn, saveMarks } from './marks'

export type Saving = {
  /** How many marks are not saved as they are. */
  unsaved: number
  state: 'saving' | 'saved' | { why: unknown } | null
  /** Absent: this person may only look. */
  save: (() => void) | undefined
}

const keyOf = ({ hospital, uid }: StudyRef) => `${hospital}/${uid}`

export function useSaved(kept: Kept, studies: readonly StudyRef[]): Saving {
  const client = useQueryClient()
  const [saved] = useState(() => new Saved(kept))
  const [unsaved, setUnsaved] = useState(0)
  const [state, setState] = useState<Saving['state']>(null)
  const found = useQueries({ queries: studies.map(marksQuery), combine: dataOf })
  const drawn = useMemo(
    () => studies.filter((_, i) => found[i]?.draws).map((study) => ({ study, key: keyOf(study) })),
    [studies, found],
  )
  const count = useCallback(
    () =>
      setUnsaved(
        drawn
          .map(({ key }) => saved.unsaved(key))
          .reduce((sum, { put, deleted }) => sum + put.length + deleted.length, 0),
      ),
    [drawn, saved],
  )
  useShown(kept, saved, studies, found, count)
  useEffect(
    () =>
      kept.hear(() => {
        setState(null)
        count()
      }),
    [kept, count],
  )

  const busy = useRef(false)
  const save = async () => {
    if (busy.current) return
    busy.current = true
    setState('saving')
    try {
      for (const { study, key } of drawn) {
        for (const group of groupsOf(saved.unsaved(key)))
          client.setQueryData(marksQuery(study).queryKey, await saveMarks(study, group))
      }
      setState('saved')
    } catch (why) {
      setState({ why })
    } finally {
      busy.current = false
    }
  }
  return { unsaved, state, save: drawn.length > 0 ? () => void save() : undefined }
}

const dataOf = (results: readonly { data: Marks | undefined }[]) => results.map(({ data }) => data)

/** Puts what the server has beside what is on the screen. */
function useShown(
  kept: Kept,
  saved: Saved,
  studies: readonly StudyRef[],
  found: readonly (Marks | undefined)[],
  count: () => void,
): void {
  const english = useTranslation().i18n.language === 'en'
  useEffect(() => {
    for (const [i, study] of studies.entries()) {
      const marks = found[i]
      if (!marks) continue
      const names = new Map(
        marks.authors.map(({ id, name, name_en }) => [id, (english && name_en) || name]),
      )
      const [own, others] = [true, false].map((mine) =>
        marks.items.filter(({ author }) => (author === study.reader) === mine),
      )
      kept.others.store(
        keyOf(study),
        (others ?? []).map((each) => ({
          ...savedIn(study, each),
          author: each.author,
          by: `${names.get(each.author) ?? ''} ${siteDay(Date.parse(each.saved_at))}`,
        })),
      )
      saved.take(
        keyOf(study),
        (own ?? []).map((each) => savedIn(study, each)),
      )
    }
    kept.redraw()
    count()
  }, [kept, saved, studies, found, count, english])
}
