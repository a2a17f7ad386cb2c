/** The session: who is signed in, signing in and signing out. */
import { useQuery } from '@tanstack/react-query'
import { framed, tellDevice } from './atDevice'
import { body, client, type Schemas } from './client'
import { queryClient, sessionQuery } from './queries'
import { sessionBegan } from './signedOut'

export type Session = Schemas['SessionOut']
export type Actor = NonNullable<Session['actor']>
/** A session in which somebody is signed in. */
export type SignedIn = Session & { actor: Actor }

export const isSignedIn = (session: Session | undefined): session is SignedIn =>
  Boolean(session?.actor)

/** The session, for pages behind the sign-in, where there always is one. */
export function useSession(): SignedIn {
  const { data } = useQuery(sessionQuery())
  if (!isSignedIn(data)) throw new Error('This page stands behind the sign-in.')
  return data
}

export type Role = Schemas['Role']
export const useRole = (...roles: Role[]): boolean => {
  const { data } = useQuery(sessionQuery())
  return Boolean(data?.roles.some((role) => roles.includes(role)))
}

/** Whether they act for the centre of a hub: its duty officer does what no coordinator has done. */
export const standsForCentre = (roles: readonly Role[]): boolean =>
  roles.includes('coordinator') || roles.includes('duty_officer')

/** The telephone number of the hub's coordination centre; empty until the session is known. It asks for nothing: it
 *  stands where the session could not be read, and asking anew would take that message away again and again. */
export function useHelpPhone(): string {
  const { data } = useQuery({ ...sessionQuery(), enabled: false })
  return data?.help_phone ?? ''
}

/** Stores the language with the account, so that it applies in every browser. */
export async function keepLanguage(language: Schemas['LanguageChoice']['language']): Promise<void> {
  const session = await body(client.PATCH('/api/session', { body: { language } }))
  queryClient.setQueryData(sessionQuery().queryKey, session)
}

/** What somebody must do next who has given the right password and is not signed in yet. */
export type Owed = NonNullable<Session['owed']>

/** Signs in. Returns what is owed before anything else. */
export const signIn = (username: string, password: string): Promise<Owed | null> =>
  next(client.POST('/api/session', { body: { username, password } }))

export const choosePassword = (password: string): Promise<Owed | null> =>
  next(client.PUT('/api/session/password', { body: { password } }))

/** Who is about to sign in steps back. */
export const stepBack = (): Promise<void> => body(client.DELETE('/api/session'))

export const giveCode = (code: string): Promise<Owed | null> =>
  next(client.POST('/api/session/second-factor', { body: { code } }))

export const enrolFirst = () => body(client.POST('/api/session/second-factor/enrolment'))

/** Returns the recovery codes; from then on one is signed in, which the page learns by `signedIn`. */
export const confirmFirst = async (code: string): Promise<string[]> =>
  (await body(client.PUT('/api/session/second-factor/enrolment', { body: { code } }))).codes

/** What is owed next, or null once one is signed in. */
async function next(pending: Parameters<typeof body<Session>>[0]): Promise<Owed | null> {
  const { owed } = await body(pending)
  if (!owed) await signedIn()
  return owed
}

/** Shows the page to who has signed in. If it is another person than before, it is loaded anew, so that nothing of the
 *  other remains. */
export async function signedIn(): Promise<void> {
  const before = queryClient.getQueryData(sessionQuery().queryKey)
  const now = await queryClient.fetchQuery({ ...sessionQuery(), staleTime: 0 })
  if (before?.actor && before.actor.id !== now.actor?.id) {
    window.location.reload()
    return
  }
  sessionBegan()
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
}

export async function signOut(): Promise<void> {
  // At a device its own page does it, and takes this one away.
  if (framed()) return tellDevice('signed_out')
  await body(client.DELETE('/api/session'))
  // Load a new page, so that no data of this person stay in memory.
  window.location.assign('/')
}
