/** To whom readings are given: what a department keeps of it. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, ifMatch, type Schemas } from '../../api/client'

export type Desk = Schemas['DeskOut']
export type Weight = Schemas['Weight']
export type Subspecialty = Schemas['Subspecialty']
export const SUBSPECIALTIES = ['neuro', 'chest', 'abdomen', 'bones', 'breast'] as const
const MOST = 20

export const deskQuery = queryOptions({
  queryKey: ['reading-desks'],
  queryFn: ({ signal }) => body(client.GET('/api/reading-desk', { signal })),
})

export const saveDesk = ({ version }: Desk, { readers, weights }: Kept) =>
  body(
    client.PUT('/api/reading-desk', {
      params: { header: ifMatch(version) },
      body: {
        readers: [...readers].map(([staff_id, subspecialties]) => ({ staff_id, subspecialties })),
        weights,
      },
    }),
  )

export type Kept = { readers: ReadonlyMap<string, Subspecialty[]>; weights: Weight[] }

export const keptOf = ({ readers, weights }: Desk): Kept => ({
  readers: new Map(readers.map(({ staff_id, subspecialties }) => [staff_id, subspecialties])),
  weights,
})

/** As text, to be compared. */
export const textOf = ({ readers, weights }: Kept): string =>
  JSON.stringify([[...readers].map(([id, of]) => [id, [...of].sort()]), weights])

export function isWrong({ weights }: Kept): boolean {
  const places = weights.map(({ modality, part }) => `${modality}/${part ?? ''}`)
  return (
    new Set(places).size < places.length ||
    weights.some(
      ({ modality, weight }) =>
        !/^[A-Z]{2,4}$/.test(modality) || !Number.isInteger(weight) || weight < 1 || weight > MOST,
    )
  )
}
