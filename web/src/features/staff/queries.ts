/** What the page of people reads, and how it saves. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { uploadFile } from '../../api/files'
import type { Problem } from '../../api/problem'
import { useAct } from '../../kit/useAct'

export type Person = Schemas['StaffRow']
export type Registration = Schemas['RegistrationOut']
export type RegistrationRow = Schemas['RegistrationRow']
export type Shown = 'all' | 'ending' | 'disabled'
export type Asked = { q: string; hospital: string; shown: Shown; page: number }

export const SHOWN: readonly Shown[] = ['all', 'ending', 'disabled']

/** As the page's address says it. */
export const peopleAsked = (search: URLSearchParams): Asked => ({
  q: search.get('q') ?? '',
  hospital: search.get('hospital') ?? '',
  shown: SHOWN.find((one) => one === search.get('show')) ?? 'all',
  page: Math.max(0, Number(search.get('page')) || 0),
})

export const peopleQuery = ({ q, hospital, shown, page }: Asked) =>
  queryOptions({
    queryKey: ['people', q, hospital, shown, page],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/admin/staff', {
          params: { query: { q, shown, page, ...(hospital ? { hospital_id: hospital } : {}) } },
          signal,
        }),
      ),
    // The rows stay while the next are fetched: what is typed must not make them flicker.
    placeholderData: keepPreviousData,
  })

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', id],
    queryFn: ({ signal }) =>
      body(client.GET('/api/admin/staff/{id}', { params: { path: { id } }, signal })),
  })

/** When they are on duty from now on. */
export const shiftsQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', id, 'shifts'],
    queryFn: ({ signal }) =>
      body(client.GET('/api/admin/staff/{id}/shifts', { params: { path: { id } }, signal })),
  })

export const departmentsQuery = (hospital: string) =>
  queryOptions({
    queryKey: ['departments', hospital],
    queryFn: ({ signal }) =>
      body(
        client.GET('/api/admin/departments', {
          params: { query: hospital ? { hospital_id: hospital } : {} },
          signal,
        }),
      ),
  })

export const hospitalsQuery = () =>
  queryOptions({
    queryKey: ['hospitals'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/hospitals', { signal })),
  })

const CHANGES = { person: '*' } as const

type Saving = { onDone: (person: Person) => void; onProblem: (problem: Problem) => boolean }

export function useSavePerson(person: Person | null, { onDone, onProblem }: Saving) {
  const { t } = useTranslation()
  return useAct<Schemas['StaffIn'] & { hospital_id: string }, Person>({
    run: ({ hospital_id, ...given }) =>
      person
        ? body(
            client.PUT('/api/admin/staff/{id}', {
              params: { path: { id: person.id }, header: ifMatch(person.version) },
              body: given as Schemas['StaffIn'],
            }),
          )
        : body(
            client.POST('/api/admin/staff', {
              body: { ...given, hospital_id } as Schemas['NewStaff'],
            }),
          ),
    changes: CHANGES,
    done: t('staff.saved'),
    onDone,
    onProblem,
  })
}

type Registering = { onDone: () => void; onProblem: (problem: Problem) => boolean }

/** By the person's own hospital or the branch where they are registered. */
export function useRegister(id: string, { onDone, onProblem }: Registering) {
  const { t } = useTranslation()
  return useAct<Schemas['RegistrationIn'], RegistrationRow>({
    run: (registration) =>
      body(
        client.PUT('/api/admin/registrations/{staff_id}', {
          params: { path: { staff_id: id } },
          body: registration,
        }),
      ),
    changes: { person: id, work: '*' },
    done: t('staff.registered'),
    onDone,
    onProblem,
  })
}

const FILE = '/api/admin/registrations/{staff_id}/{id}/file'

export const registrationFileUrl = (staffId: string, id: string) =>
  `/api/admin/registrations/${staffId}/${id}/file`

export function useAttachFile(staffId: string, id: string) {
  const { t } = useTranslation()
  return useAct<File, RegistrationRow>({
    run: async (file) => {
      const kept = await uploadFile('attachment', file, file.name)
      const params = { path: { staff_id: staffId, id } }
      return body(client.PUT(FILE, { params, body: { file_id: kept.id } }))
    },
    changes: CHANGES,
    done: t('staff.paper.saved'),
  })
}

export function useRemoveFile(staffId: string, id: string) {
  const { t } = useTranslation()
  return useAct<void, RegistrationRow>({
    run: () => body(client.DELETE(FILE, { params: { path: { staff_id: staffId, id } } })),
    changes: CHANGES,
    done: t('staff.paper.removed'),
  })
}

export const registrationsQuery = (ending: boolean, page: number) =>
  queryOptions({
    queryKey: ['people', 'registrations', ending, page],
    queryFn: ({ signal }) =>
      body(client.GET('/api/admin/registrations', { params: { query: { ending, page } }, signal })),
    placeholderData: keepPreviousData,
  })

export const ownRegistrationsQuery = () =>
  queryOptions({
    queryKey: ['people', 'registrations', 'own'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/registrations/own', { signal })),
  })

export const proposedQuery = () =>
  queryOptions({
    queryKey: ['people', 'proposed'],
    queryFn: ({ signal }) => body(client.GET('/api/admin/role-proposals', { signal })),
  })

export const useDecide = () =>
  useAct<{ id: string; confirm: boolean }>({
    run: ({ id, confirm }) =>
      body(
        client.POST('/api/admin/role-proposals/{id}', {
          params: { path: { id } },
          body: { confirm },
        }),
      ),
    changes: { ...CHANGES, work: '*' },
  })

export const useIssue = (onDone: (slips: Schemas['Slips']) => void) =>
  useAct<string[], Schemas['Slips']>({
    run: (ids) => body(client.POST('/api/admin/staff/one-time-passwords', { body: { ids } })),
    changes: CHANGES,
    onDone,
  })

export const waitingQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', id, 'waiting'],
    queryFn: ({ signal }) =>
      body(client.GET('/api/admin/staff/{id}/waiting', { params: { path: { id } }, signal })),
  })

/** `to`: who takes over each thing that waits. */
export function useDisable(
  { id, version, disabled_at }: Person,
  onDone: () => void,
  onProblem: (problem: Problem) => boolean,
) {
  const { t } = useTranslation()
  return useAct<Record<string, string | null>, Person>({
    run: (to) =>
      body(
        client.POST('/api/admin/staff/{id}/disable', {
          params: { path: { id }, header: ifMatch(version) },
          body: { to, to_all: null },
        }),
      ),
    changes: CHANGES,
    done: t(disabled_at ? 'staff.handed' : 'staff.disabled'),
    onDone,
    onProblem,
  })
}

export function useEnable({ id, version }: Person, onDone: () => void) {
  const { t } = useTranslation()
  return useAct<void, Person>({
    run: () =>
      body(
        client.POST('/api/admin/staff/{id}/enable', {
          params: { path: { id }, header: ifMatch(version) },
        }),
      ),
    changes: CHANGES,
    done: t('staff.enabled'),
    onDone,
  })
}
