/** What was typed in this request and could not be sent, offered when it is opened again. */
import { UnsentOffer } from '../../kit/unsent/UnsentOffer'
import { useDraft } from './draft'
import { useFieldName, useValueText } from './fieldWords'

export function Unsent() {
  const { offer, restore, fixed } = useDraft()
  const name = useFieldName()
  const text = useValueText()
  if (!offer) return null
  return (
    <UnsentOffer offer={offer} name={name} text={text} {...(fixed ? {} : { onRestore: restore })} />
  )
}
