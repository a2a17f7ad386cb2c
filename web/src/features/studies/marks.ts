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
