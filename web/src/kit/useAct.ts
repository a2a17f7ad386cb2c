/** An act on the server: runs once per click, shows a failure as a sentence, refreshes what is stale. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { createElement } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem, type Problem } from '../api/problem'
import { allChanged, type Changes } from '../api/stale'
import { newId } from '../id'
import { useProblemText } from './problemText'

type Options<V, R> = {
  /** `key` is the Idempotency-Key of this click. */
  run: (values: V, key: string) => Promise<R>
  /** What this act changes; `api/stale.ts` knows which queries depend on it. */
  changes?: Changes
  /** The message when it is done; absent if the screen shows it. */
  done?: string | ((result: R) => string)
  onDone?: (result: R) => void
  /** Handles a failure, for instance marks its field; returns true if it did. */
  onProblem?: (problem: ReturnType<typeof asProblem>) => boolean
}

/** Translates itself, so that it follows a change of the language. */
function Failure({ problem }: { problem: Problem }) {
  const { t } = useTranslation()
  const text = useProblemText()
  const id = problem.status >= 500 && problem.requestId
  return `${text(problem)}${id ? ` ${t('state.request', { id })}` : ''}`
}

export function useAct<V = void, R = unknown>({
  run,
  changes = {},
  done,
  onDone,
  onProblem,
}: Options<V, R>) {
  const { message } = App.useApp()
  const queries = useQueryClient()
  const refresh = () => void allChanged(queries, changes)
  return useMutation<R, Error, V>({
    mutationFn: (values) => run(values, newId()),
    onSuccess: (result) => {
      refresh()
      const words = typeof done === 'function' ? done(result) : done
      if (words) void message.success(words)
      onDone?.(result)
    },
    onError: (error) => {
      const problem = asProblem(error)
      if (onProblem?.(problem)) return
      // The sign-in layer is open already.
      if (problem.status === 401) return
      // Somebody else was faster: show the newer state along with the sentence.
      if (problem.status === 412 || problem.status === 409) refresh()
      void message.error(createElement(Failure, { problem }), 6)
    },
  })
}
