/** Offers what was typed for this patient before the page was loaded anew, and not sent. */
import { useEffect } from 'react'
import { UnsentOffer } from '../../../kit/unsent/UnsentOffer'
import { useShelf, useUnsent } from '../../../kit/unsent/useUnsent'
import { EMPTY, type Text } from './text'

type Props = { field: Text; label: string; said: readonly string[] }

/** `said`: what has arrived of this; only the answer was lost. */
export function Kept({ field, label, said }: Props) {
  const { of, text, write, keeper } = field
  const offer = useUnsent(useShelf(), of, keeper, EMPTY)
  const left = String(offer?.left.text ?? '').trim()
  const replaces = (offer?.left.replaces as string | undefined) ?? field.replaces
  const arrived = offer !== null && (left === '' || said.includes(left))
  useEffect(() => {
    if (arrived) offer.close()
  }, [arrived, offer])
  if (!offer || arrived) return null
  return (
    <UnsentOffer
      offer={offer}
      name={() => label}
      text={(name) => (name === 'text' ? left : '')}
      onRestore={() => write([text, left].filter(Boolean).join('\n'), replaces)}
    />
  )
}
