/** What the panel reads from an archive. */
import { queryOptions } from '@tanstack/react-query'
import { seriesOf } from '../../viewer/dicom/archive'
import { presentationsIn } from '../../viewer/presentation/read'
import type { StudyRef } from '../../viewer/types'

/** Under the topic `study`, so that the hint "the study grew" makes it stale. */
export const seriesQuery = (study: StudyRef) =>
  queryOptions({
    queryKey: ['study', study.uid, 'series', study.hospital, study.dicomweb],
    queryFn: ({ signal }) => seriesOf(study, signal),
  })

export const presentationsQuery = (study: StudyRef, series: string) =>
  queryOptions({
    queryKey: ['study', study.uid, 'presentations', study.hospital, study.dicomweb, series],
    queryFn: ({ signal }) => presentationsIn(study, series, signal),
  })
