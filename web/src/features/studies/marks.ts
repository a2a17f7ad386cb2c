/** Saved marks: read and saved, study by study. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../api/client'
import type { SavedMark, Unsaved } from '../../viewer/tools/saved'
import type { StudyRef } from '../../viewer/types'

export type Marks = Schemas['MarksOut']

const at = ({ hospital, uid }: StudyRef) => ({ params: { path: { hospital, study_uid: uid } } })

/** Of a study that says who reads it. */
export const marksQuery = (study: StudyRef) =>
  queryOptions({
    queryKey: ['marks', study.uid, study.hospital],
    queryFn: ({ signal }) =>
      body(client.GET('/api/marks/{hospital}/{study_uid}', { ...at(study), signal })),
    enabled: study.reader !== undefined,
  })

/** The server takes at most this many at once, and a megabyte: an outline has up to 200 places. */
const MOST_AT_ONCE = 500
const MOST_PLACES = 20_000

/** What is saved at once, one after the other. */
export function groupsOf({ put, deleted }: Unsaved): Unsaved[] {
  const groups: Unsaved[] = []
  for (let at = 0; at < deleted.length; at += MOST_AT_ONCE)
    groups.push({ put: [], deleted: deleted.slice(at, at + MOST_AT_ONCE) })
  let group: SavedMark[] = []
  let places = 0
  for (const each of put) {
    places += each.mark.points.length
    if (group.length === 0 || group.length === MOST_AT_ONCE || places > MOST_PLACES) {
      group = []
      places = each.mark.points.length
      groups.push({ put: group, deleted: [] })
    }
    group.push(each)
  }
  return groups
}

export const saveMarks = (study: StudyRef, { put, deleted }: Unsaved) =>
  body(
    client.POST('/api/marks/{hospital}/{study_uid}', {
      ...at(study),
      body: {
        put: put.map(({ instance, frame, mark: { id, kind, points, text } }) => ({
          id,
          instance,
          frame,
          kind,
          points: points.map(([column, row]) => [column, row]),
          text,
        })),
        deleted,
      },
    }),
  )

export const savedIn = (
  { hospital, uid: study }: StudyRef,
  { id, instance, frame, kind, points, text }: Marks['items'][number],
): SavedMark => ({
  hospital,
  study,
  instance,
  frame,
  mark: { id, kind, points: points.map(([column = 0, row = 0]) => [column, row] as const), text },
})
