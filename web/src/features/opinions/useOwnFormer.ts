import { useSession } from '../../api/session'
import type { Opinion } from './queries'

/** What this person wrote while they led it; nothing for others. */
export function useOwnFormer(opinion: Opinion | undefined) {
  const { actor } = useSession()
  if (!opinion) return []
  const { draft, may } = opinion
  const waiting =
    draft?.id && draft.author_id === actor.id && !may.write
      ? [{ ...draft, id: draft.id, taken: null }]
      : []
  const taken = opinion.former.flatMap(({ content, ...each }) =>
    content ? [{ id: each.id, content, saved_at: each.saved_at, taken: each }] : [],
  )
  return [...waiting, ...taken]
}
