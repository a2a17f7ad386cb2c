/** What the panel reads from an archive. */
import { queryOptions } from '@tanstack/react-query'
import { seriesOf } from '../../viewer/dicom/archive'
import { openStudy, openToShow } from '../../viewer/opening'
import { presentationsIn } from '../../viewer/presentation/read'
import type { StudyRef } from '../../viewer/types'

/** Under the topic `study`, so that the hint "the study grew" makes it stale. `shown`: its pictures come next. */
export const seriesQuery = (study: StudyRef, shown = false) =>
  queryOptions({
    queryKey: ['study', study.uid, 'series', study.hospital, study.dicomweb],
    queryFn: async ({ signal, queryKey, client }) => {
      if (!study.imaging) return seriesOf(study, signal)
      const known = client.getQueryData(queryKey) !== undefined
      return shown && !known
        ? openToShow(study, signal)
        : (await openStudy(study, null, signal)).series
    },
  })

export const presentationsQuery = (study: StudyRef, series: string) =>
  queryOptions({
    queryKey: ['study', study.uid, 'presentations', study.hospital, study.dicomweb, series],
    queryFn: ({ signal }) => presentationsIn(study, series, signal),
  })
