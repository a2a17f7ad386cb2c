/** What is read of electrocardiograms. */
import { queryOptions, skipToken } from '@tanstack/react-query'
import { type Ecg, ecgsOf, read } from '../../../viewer/ecg/read'
import type { Group } from '../../../viewer/ecg/recording'
import type { StudyRef } from '../../../viewer/types'

const key = (study: StudyRef, ...more: unknown[]) =>
  ['study', study.uid, 'ecg', study.hospital, study.dicomweb, ...more] as const

export const ecgsQuery = (study: StudyRef, series: string) =>
  queryOptions({
    queryKey: key(study, series),
    queryFn: ({ signal }) => ecgsOf(study, series, signal),
  })

export const recordingQuery = (study: StudyRef, ecg: Ecg | undefined, group: Group | undefined) =>
  queryOptions({
    queryKey: key(study, ecg?.series, group?.data?.BulkDataURI ?? group?.label),
    queryFn: ecg && group ? ({ signal }) => read(study, ecg, group, signal) : skipToken,
  })
