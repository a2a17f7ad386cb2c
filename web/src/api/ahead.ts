/** Fetching a page's data while its chunk loads. */
import type { LoaderFunction } from 'react-router'
import { queryClient, sessionQuery } from './queries'

const ID = /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i

/** Fetches a page's data while its chunk loads, if somebody is signed in. An address with what is no id leads nowhere. */
export const ahead =
  (
    ask: (params: Record<string, string | undefined>, at: URL) => void | Promise<void>,
  ): LoaderFunction =>
  async ({ params, request }) => {
    if (params.id !== undefined && !ID.test(params.id)) throw new Response(null, { status: 404 })
    if (queryClient.getQueryData(sessionQuery().queryKey)?.actor)
      await ask(params, new URL(request.url))
    return null
  }
/** Ignores a failure; the page itself fetches again and shows it. */
export const later = () => undefined
