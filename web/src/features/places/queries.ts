/** What the pages of places read. */
import { queryOptions } from '@tanstack/react-query'
import { body, client, type Schemas } from '../../api/client'

export type Department = Schemas['DepartmentRow']
export type Ward = Schemas['WardRow']
export type Venue = Schemas['VenueRow']
export type Hospital = Schemas['HospitalRow']
export type RuleTable = Schemas['RuleTable']
export type Rule = Schemas['RuleRow']
export type Clause = Schemas['ClauseRow']
export type Reads = Schemas['Reads']
export type Agreement = Schemas['AgreementRow']

const of = (hospital: string) => ({ query: { hospital_id: hospital } })

export const hospitalsQuery = () =>
  queryOptions({
    queryKey: ['hospitals'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/hospitals', { signal })),
  })
export const departmentsQuery = (hospital: string) =>
  queryOptions({
    queryKey: ['departments', hospital],
    queryFn: ({ signal }) =>
      body(client.GET('/api/admin/departments', { params: of(hospital), signal })),
  })
export const wardsQuery = (hospital: string) =>
  queryOptions({
    queryKey: ['wards', hospital],
    queryFn: ({ signal }) => body(client.GET('/api/admin/wards', { params: of(hospital), signal })),
  })
export const venuesQuery = (hospital: string) =>
  queryOptions({
    queryKey: ['venues', hospital],
    queryFn: ({ signal }) =>
      body(client.GET('/api/admin/venues', { params: of(hospital), signal })),
  })
export const rulesQuery = () =>
  queryOptions({
    queryKey: ['agreements', 'reading-rules'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/reading-rules', { signal })),
  })
export const agreementsQuery = () =>
  queryOptions({
    queryKey: ['agreements'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/agreements', { signal })),
  })
