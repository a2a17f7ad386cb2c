/** The state of finding a time: the question, its answer, which time is chosen and which day is open. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { body, client } from '../../../api/client'
import { serverNow } from '../../../api/clock'
import type { Consultation } from '../../../consultation/view'
import { useBooking } from '../useBooking'
import { dayOf, spanOf } from '../week'
import { useZone } from '../words'
import { bookedOf, type Found, type Question } from './question'
import { useHold } from './useHold'

/** Under the calendar's key, because what changes a calendar changes the answer. */
export const findQuery = (question: Question) =>
  queryOptions({
    queryKey: ['calendar', 'find', question],
    queryFn: ({ signal }) => body(client.POST('/api/scheduling/find', { body: question, signal })),
    placeholderData: (before) => before, // keep showing the last answer until the next one is there
    retry: false, // a question that is refused once is refused again
  })

export type Finding = ReturnType<typeof useFind>

export function useFind(c: Consultation, first: Question) {
  const zone = useZone(c.hub_id)
  const [begun] = useState(first) // the page makes it anew whenever it is drawn
  const [question, setQuestion] = useState(begun)
  const [chosen, setChosen] = useState(0)
  const [picked, setFocus] = useState<string | null>(null)
  const asking = useQuery({ ...findQuery(question), enabled: question.lines.length > 0 })
  const { book, send, busy, refused, dismiss, limited } = useBooking(c)
  const holding = useHold(c)
  const answer = asking.data

  const shown: Found[] = answer?.found.length
    ? answer.found
    : (answer?.relaxations.slice(0, 3).map(({ found }) => found) ?? [])
  const current = shown[chosen] ?? null
  const focus = picked ?? dayOf(current ? spanOf(current).start : serverNow(), zone)

  const ask = (next: Question) => {
    setQuestion(next)
    setChosen(0)
    setFocus(null)
    dismiss()
  }
  const choose = (n: number) => {
    setChosen(n)
    setFocus(null)
    dismiss()
  }
  const take = (found: Found) => {
    const booked = bookedOf(c, question, found)
    if (booked) book({ span: spanOf(found), ...booked })
  }
  const keep = (found: Found) => {
    const booked = bookedOf(c, question, found)
    if (booked) holding.keep({ span: spanOf(found), ...booked })
  }
  const of = { zone, question, ask, changed: question !== begun, reset: () => ask(begun) }
  const state = { waiting: asking.isFetching, problem: asking.error, again: asking.refetch }
  const marks = shown.map((one, n) => ({ one, n }))
  const view = { answer, shown, marks, chosen, current, choose, focus, setFocus }
  return { ...of, ...state, ...view, take, send, keep, holding, busy, refused, dismiss, limited }
}
