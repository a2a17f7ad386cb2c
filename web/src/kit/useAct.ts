/** An act on the server: runs once however often it is clicked, shows a failure as a sentence, refreshes what is stale. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { createElement, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem, type Problem } from '../api/problem'
import { allChanged, type Changes } from '../api/stale'
import { newId } from '../id'
import { useProblemText } from './problemText'

type Options<V, R> = {
  /** `key` is the Idempotency-Key of this click. */
  run: (values: V, key: string) => Promise<R>
  /** A server that is busy for a moment is asked again. Only of what it does in one step, all or nothing: where it saves
   *  first and answers by a second step, it may be busy though it has saved. */
  again?: boolean
  /** What it is done to; acts on different things may run side by side. */
  of?: (values: V) => string
  /** What a failure is about, if the page no longer shows it. */
  about?: (values: V) => string
  /** What this act changes; `api/stale.ts` knows which queries depend on it. */
  changes?: Changes
  /** The message when it is done; absent if the screen shows it. */
  done?: string | ((result: R) => string)
  onDone?: (result: R) => void
  /** Handles a failure, for instance marks its field; returns true if it did. */
  onProblem?: (problem: ReturnType<typeof asProblem>, values: V) => boolean
}

/** Translates itself, so that it follows a change of the language. */
function Failure({ problem, about }: { problem: Problem; about: string }) {
  const { t } = useTranslation()
  const text = useProblemText()
  const id = problem.status >= 500 && problem.requestId
  const of = about && t('state.labelled', { label: about })
  return `${of}${text(problem)}${id ? ` ${t('state.request', { id })}` : ''}`
}

const AGAIN_MS = [1_000, 3_000]

async function patiently<R>(run: () => Promise<R>): Promise<R> {
  for (const wait of AGAIN_MS) {
    try {
      return await run()
    } catch (error) {
      if (asProblem(error).code !== 'busy') throw error
      await new Promise((over) => setTimeout(over, wait))
    }
  }
  return run()
}

export function useAct<V = void, R = unknown>({
  run,
  again = false,
  of,
  about,
  changes = {},
  done,
  onDone,
  onProblem,
}: Options<V, R>) {
  const { message } = App.useApp()
  const queries = useQueryClient()
  const running = useRef(new Map<string, Promise<R>>())
  const refresh = () => allChanged(queries, changes)
  // It is pending until the page has its new data, because until then the button that began it is still there.
  const act = useMutation<R, Error, V>({
    mutationFn: (values) => {
      const key = newId()
      const once = () => run(values, key)
      return again ? patiently(once) : once()
    },
    onSuccess: async (result) => {
      const fresh = refresh()
      const words = typeof done === 'function' ? done(result) : done
      if (words) void message.success(words)
      onDone?.(result)
      await fresh
    },
    onError: async (error, values) => {
      const problem = asProblem(error)
      if (onProblem?.(problem, values)) return
      // The sign-in layer is open already.
      if (problem.status === 401) return
      void message.error(createElement(Failure, { problem, about: about?.(values) ?? '' }), 6)
      // Somebody else was faster: show the newer state along with the sentence.
      if (problem.status === 412 || problem.status === 409) await refresh()
    },
  })
  type Args = Parameters<typeof act.mutateAsync>
  const thing = (values: V | undefined) => of?.(values as V) ?? ''
  /** The second click of a double click begins nothing: it gets the answer to the first. */
  const mutateAsync = (...args: Args): Promise<R> => {
    const key = thing(args[0])
    const before = running.current.get(key)
    if (before) return before
    const answer = act.mutateAsync(...args)
    running.current.set(key, answer)
    // A turn later, when the page has been drawn with the new data.
    const end = () => setTimeout(() => running.current.delete(key))
    answer.then(end, end)
    return answer
  }
  return {
    ...act,
    mutateAsync,
    mutate: (...args: Args): void => void mutateAsync(...args).catch(() => undefined),
    /** Whether it runs, known at once and not only when the page is drawn again. */
    isRunning: (values: V) => running.current.has(thing(values)),
  }
}
