/** What calls and nobody has taken, above whatever page is open: the first in the red band,
 *  and how many more wait. Only the hub's coordinators and experts are asked. */
import { useQuery } from '@tanstack/react-query'
import { useRole } from '../../api/session'
import { CallBand } from './CallBand'
import { kindOf } from './kinds'
import { homeQuery } from './queries'

export default function Ringing() {
  const asked = useRole('coordinator', 'expert')
  const { data } = useQuery({ ...homeQuery(), enabled: asked })
  const [first] = data?.ringing ?? []
  if (!data || !first) return null
  const Call = kindOf(first.activity)?.Call ?? CallBand
  // A band of its own for each call: who names the lead of one must not find another in the open dialog.
  return <Call key={first.activity_id} call={first} more={data.ringing.length - 1} />
}
