/** What the ward board and the page of all wards read. Their keys stand under that of the rounds' list, which every
 *  change of a round makes stale. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../../api/client'

export type Board = Schemas['BoardOut']
export type Bed = Schemas['BoardBed']
export type Cadence = Schemas['CadenceOut']
export type WeekNotes = Schemas['WeekNotes']
export type OpenAtBed = Schemas['BoardInstructions']
export type Instruction = Schemas['InstructionOut']
export type Owed = Schemas['OwedSignature']
export type VisitedWard = Schemas['VisitedWard']

/** `session`: another round of the ward than today's. */
export const boardQuery = (id: string, session: string | null) =>
  queryOptions({
    queryKey: ['rounds', 'list', 'board', id, session],
    queryFn: ({ signal }) => {
      const query = session ? { session } : {}
      return body(
        client.GET('/api/rounds/wards/{id}/board', { params: { path: { id }, query }, signal }),
      )
    },
  })

export const wardsQuery = () =>
  queryOptions({
    queryKey: ['rounds', 'list', 'wards'],
    queryFn: ({ signal }) => body(client.GET('/api/rounds/wards', { signal })),
  })

/** Nobody by name: the branch's senior doctors. */
export const remind = (ward: string, staff_id: string | null) =>
  body(
    client.POST('/api/rounds/wards/{id}/reminders', {
      params: { path: { id: ward } },
      body: { staff_id },
    }),
  )
