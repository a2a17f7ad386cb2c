/** A series while it is planned or edited, as its form holds it; and what it still lacks. */
import {
  between,
  givenTimes,
  newTimes,
  type Times,
  timesFit,
  timesOf,
} from '../../../consultation/series/times'
import type { Choices, Series, SeriesIn } from '../queries'

export type Draft = Times & {
  branch: string
  ward: string
  specialty: string
  leads: string[]
  cadence_days: string
  venue: string
  cart: string
  accompanying: string
}

/** The longest that a round may last, in minutes; the server's bound. */
export const MOST_MINUTES = 240

export function draftOf(row: Series | null, choices: Choices): Draft {
  const [branch] = choices.branches
  if (row)
    return {
      ...{ branch: row.branch_id, ward: row.ward_id, specialty: row.specialty },
      ...{ ...timesOf(row), leads: row.leads.map(({ id }) => id) },
      ...{ cadence_days: String(row.cadence_days), venue: row.venue_id ?? '' },
      ...{ cart: row.cart_id ?? '', accompanying: row.accompanying_id ?? '' },
    }
  return {
    ...{
      branch: branch?.id ?? '',
      ward: branch?.wards.length === 1 ? (branch.wards[0]?.id ?? '') : '',
    },
    specialty: choices.specialties.length === 1 ? (choices.specialties[0] ?? '') : '',
    ...newTimes('08:30'),
    ...{ leads: [], cadence_days: '7', venue: '', cart: '', accompanying: '' },
  }
}

export function lacks(draft: Draft) {
  const fits = {
    ...{ branch: draft.branch, ward: draft.ward, specialty: draft.specialty },
    ...{ ...timesFit(draft, MOST_MINUTES), pool: draft.leads.length > 0 },
    cadence_days: between(draft.cadence_days, 1, 60),
  }
  return (Object.keys(fits) as (keyof typeof fits)[]).filter((key) => !fits[key])
}

/** `since`: the day from which it is so. */
export const given = (draft: Draft, since = ''): SeriesIn => ({
  ...{ branch_id: draft.branch, ward_id: draft.ward, specialty: draft.specialty },
  ...{ ...givenTimes(draft, since), leads: draft.leads },
  ...{ cadence_days: Number(draft.cadence_days), venue_id: draft.venue || null },
  ...{ cart_id: draft.cart || null, accompanying_id: draft.accompanying || null },
})
