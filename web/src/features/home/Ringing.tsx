/** What calls and nobody has taken, above whatever page is open, the room and the viewer too: the first in the red band,
 *  and how many more wait. What rings at this person comes before what they may only see. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useRole } from '../../api/session'
import { useLiveState } from '../../api/useLive'
import { unlockBell } from '../../kit/bell'
import { ringingQuery } from '../../kit/ringing'
import { CallBand } from './CallBand'
import { kindOf } from './kinds'

export default function Ringing() {
  const asked = useRole('coordinator', 'expert', 'duty_officer')
  const hinted = useLiveState() === 'open'
  const { data = [] } = useQuery({ ...ringingQuery(hinted), enabled: asked })
  useEffect(unlockBell, [])
  const first = data.find(({ rings }) => rings) ?? data[0]
  if (!first) return null
  const Call = kindOf(first.activity)?.Call ?? CallBand
  // A band of its own for each call: who names the lead of one must not find another in the open dialog.
  return <Call key={first.activity_id} call={first} more={data.length - 1} />
}
