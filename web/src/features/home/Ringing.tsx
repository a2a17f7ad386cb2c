/** What calls and nobody has taken, above whatever page is open, the room and the viewer too: the first in the red band,
 *  and how many more wait. What rings at this person comes before what they may only see. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useRole } from '../../api/session'
import { useSessionEnded } from '../../api/signedOut'
import { useLiveState } from '../../api/useLive'
import { unlockBell } from '../../kit/bell'
import { ringingQuery } from '../../kit/ringing'
import { CallBand, useFilling } from './CallBand'
import { kindOf } from './kinds'
import { useRingPageAhead } from './ring/whole'
import { useRing } from './useRing'

export default function Ringing() {
  const asked = useRole('coordinator', 'expert', 'duty_officer')
  const ended = useSessionEnded()
  const hinted = useLiveState() === 'open'
  const { data = [] } = useQuery({ ...ringingQuery(hinted), enabled: asked && !ended })
  useEffect(unlockBell, [])
  useRingPageAhead(useFilling() && asked)
  const first = data.find(({ rings }) => rings) ?? data[0]
  if (!first || ended) return null
  const others = data.filter((each) => each.rings && each !== first)
  const Call = kindOf(first.activity)?.Call ?? CallBand
  // A band of its own for each call: who names the lead of one must not find another in the open dialog.
  return (
    <>
      <Call key={first.activity_id} call={first} more={data.length - 1} />
      {others.map((each) => (
        <Heard key={each.activity_id} id={each.activity_id} since={each.rung_at} />
      ))}
    </>
  )
}

/** Another one that rings at this person: heard, and its caller told, though the band shows the first. */
function Heard({ id, since }: { id: string; since: string | null }) {
  useRing(id, since)
  return null
}
