/** What the server refused, as a sentence at each field that it names. */
import { useState } from 'react'
import type { Problem } from '../api/problem'
import { useProblemText } from './problemText'

export function useFieldErrors() {
  const text = useProblemText()
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  return {
    errors,
    /** Whether it names fields; for `onProblem` of an act. */
    refused: (problem: Problem): boolean => {
      const named = (problem.extra.fields ?? []) as string[]
      setErrors(Object.fromEntries(named.map((name) => [name, text(problem)])))
      return named.length > 0
    },
    /** These are typed anew: what was wrong of them is not known any more. */
    forget: (names: readonly string[]): void =>
      setErrors((all) =>
        Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name))),
      ),
  }
}
