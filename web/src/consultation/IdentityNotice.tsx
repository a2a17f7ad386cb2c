/** Says that the patient's identity has changed since the request, and what must be looked at again. */
import { Notice } from '../kit/Notice'
import { useIdentityChange } from './useIdentityChange'
import type { Consultation } from './view'

export function IdentityNotice({ consultation }: { consultation: Consultation }) {
  const identity = useIdentityChange(consultation)
  if (!identity) return null
  return (
    <Notice tone="urgent">
      <b>{identity.what}</b> {identity.todo}
    </Notice>
  )
}
