/** This person's unsent text, to be offered when the document is opened again. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { sessionQuery } from '../../api/queries'
import type { Keeper } from './keeper'
import { allOpen, whenClosed } from './open'
import { type Found, type Shelf, shelfOf } from './shelf'
import { compare, type Fields } from './text'

const nothing = () => undefined

export function useShelf(): Shelf {
  const { data } = useQuery(sessionQuery())
  return shelfOf(data?.unsent_key ?? null)
}

export type Offer = {
  /** When it was typed. */
  readonly at: number
  /** The part that the server does not have. */
  readonly left: Fields
  /** The server's values when it was typed. */
  readonly before: Fields
  /** Fields that were changed on the server since. */
  readonly changed: readonly string[]
  /** Call once the editor has taken it over, or it was discarded. */
  readonly close: () => void
}

/** What an editor left that is no longer open. `server`: the server's fields now. `own`: the keeper of this editor. */
export function useUnsent(
  shelf: Shelf,
  of: string,
  own: Pick<Keeper, 'id' | 'settled'>,
  server: Fields,
): Offer | null {
  const [found, setFound] = useState<readonly Found[]>([])
  useEffect(() => {
    const gone = new AbortController()
    const awaited = new Set<string>()
    const look = async () => {
      const all = (await shelf.find(of)).filter(({ id }) => id !== own.id)
      const open = await allOpen()
      if (gone.signal.aborted) return
      setFound(all.filter(({ id }) => !open.has(id)))
      for (const { id } of all) if (open.has(id)) void lookOnce(id)
    }
    const lookOnce = async (id: string) => {
      if (awaited.has(id)) return
      awaited.add(id)
      await whenClosed(id, gone.signal).then(() => {
        awaited.delete(id)
        return look()
      }, nothing)
    }
    const again = () => void look()
    again()
    const stop = shelf.subscribe(again)
    return () => {
      gone.abort()
      stop()
    }
  }, [shelf, of, own])

  const compared = useMemo(
    () => found.map((each) => ({ ...each, ...compare(each, server) })),
    [found, server],
  )
  useEffect(() => {
    // The server has it after all; only the answer was lost.
    for (const each of compared) if (Object.keys(each.left).length === 0) void shelf.drop(each.id)
  }, [compared, shelf])

  const first = compared.find(({ left }) => Object.keys(left).length > 0)
  if (!first) return null
  const { id, at, left, before, changed } = first
  return { at, left, before, changed, close: () => void own.settled().then(() => shelf.drop(id)) }
}
