/** The sentence for a failure: by its reason or code, or else by its kind. */
import { useTranslation } from 'react-i18next'
import { asProblem, type Problem } from '../api/problem'

const BY_STATUS: Record<number, string> = {
  0: 'offline',
  401: 'not_signed_in',
  403: 'not_allowed',
  404: 'not_found',
  409: 'conflict',
  412: 'stale',
  413: 'too_large',
  422: 'invalid',
  429: 'too_many',
  503: 'unavailable',
  507: 'no_space',
}

export function useProblemText(): (error: unknown) => string {
  const { i18n } = useTranslation()
  return (error) => {
    const problem: Problem = asProblem(error)
    const byStatus = BY_STATUS[problem.status] ?? (problem.status >= 500 ? 'internal' : 'invalid')
    // `reason` is finer than the code, if the server gives one.
    const reason = String(problem.extra.reason ?? '')
    // What only administrators' pages meet is loaded with them.
    const key = [reason, problem.code, byStatus]
      .flatMap((code) => (code ? [`problem.${code}`, `admin_problem.${code}`] : []))
      .find((each) => i18n.exists(each))
    // The key comes from the server, so it is checked above at run time and not by the compiler.
    const translate = i18n.t as unknown as (key: string, values: object) => string
    return translate(key ?? 'problem.internal', problem.extra)
  }
}
