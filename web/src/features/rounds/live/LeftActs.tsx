/** Sends what was done at rounds and lies here since an earlier page, and says what of it does not arrive or is not taken.
 *  Beds are not named: the page knows nothing of these rounds. */
import { Unsent } from './Unsent'

export default function LeftActs({ rounds }: { rounds: readonly string[] }) {
  return rounds.map((id) => <Unsent key={id} round={{ id, items: [] }} />)
}
