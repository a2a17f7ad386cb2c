/** What the identity page reads and does. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, ifMatch, type Schemas } from '../../api/client'

export type Study = Schemas['StudyLinkOut']
export type LinkState = Schemas['LinkState']

export const studiesQuery = (state: LinkState) =>
  queryOptions({
    queryKey: ['studies', state],
    queryFn: async ({ signal }) =>
      (await body(client.GET('/api/studies', { params: { query: { state } }, signal }))).items,
  })

export const studyQuery = (id: string) =>
  queryOptions({
    queryKey: ['study', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/studies/{id}', { params: { path: { id } }, signal })),
  })

/** Those that are confirmed as this patient's. */
export const studiesOfPatientQuery = (patient_id: string) =>
  queryOptions({
    queryKey: ['studies', 'of', patient_id],
    queryFn: async ({ signal }) => {
      const query = { patient_id, state: 'confirmed' as const }
      return (await body(client.GET('/api/studies', { params: { query }, signal }))).items
    },
  })

const change = (study: Study) => ({
  params: { path: { id: study.id }, header: ifMatch(study.version) },
})

export const confirmStudy = (study: Study, patientId: string, reason: string) =>
  body(
    client.POST('/api/studies/{id}/confirm', {
      ...change(study),
      body: { patient_id: patientId, reason },
    }),
  )

export const rejectStudy = (study: Study, reason: string) =>
  body(client.POST('/api/studies/{id}/reject', { ...change(study), body: { reason } }))

export const declareStudy = (study: Study) =>
  body(
    client.POST('/api/studies/{id}/declare', { ...change(study), body: { count: study.received } }),
  )
