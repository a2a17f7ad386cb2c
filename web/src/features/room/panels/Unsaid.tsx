/** Chat text that was typed and not sent: kept while it is typed, and offered after coming back. */
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatLine } from '../../../call'
import { pageMap } from '../../../kit/pageMemory'
import { Keeper } from '../../../kit/unsent/keeper'
import type { Shelf } from '../../../kit/unsent/shelf'
import { UnsentOffer } from '../../../kit/unsent/UnsentOffer'
import { useShelf, useUnsent } from '../../../kit/unsent/useUnsent'

const NOTHING = { text: '' }
/** One keeper per room, so that switching between tabs does not offer one's own text as unsent. */
const keepers = pageMap<string, Keeper>()

function keeperOf(shelf: Shelf, of: string): Keeper {
  const keeper = keepers.get(of) ?? new Keeper(shelf, of)
  keepers.set(of, keeper)
  return keeper
}

type Props = {
  room: string
  chat: readonly ChatLine[]
  /** The text in the field. */
  text: string
  onRestore: (text: string) => void
}

export function Unsaid({ room, chat, text, onRestore }: Props) {
  const { t } = useTranslation()
  const shelf = useShelf()
  const of = `chat/${room}`
  const keeper = useMemo(() => keeperOf(shelf, of), [shelf, of])
  const mine = chat.filter((line) => line.mine)
  const unsaid = [...mine.filter(({ state }) => state !== 'kept').map((line) => line.text), text]
    .filter((each) => each.trim())
    .join('\n')
  useEffect(() => keeper.hold(NOTHING, { text: unsaid }), [keeper, unsaid])

  const offer = useUnsent(shelf, of, keeper, NOTHING)
  const said = new Set(
    mine.filter(({ state }) => state === 'kept').flatMap((line) => lines(line.text)),
  )
  const left = lines(String(offer?.left.text ?? '')).filter((line) => !said.has(line))
  const arrived = offer !== null && left.length === 0
  // The room has it; only the answer was lost.
  useEffect(() => {
    if (arrived) offer.close()
  }, [arrived, offer])
  if (!offer || arrived) return null
  const words = left.join('\n')
  return (
    <UnsentOffer
      offer={{ ...offer, left: { text: words } }}
      name={() => t('room.side.chat')}
      text={() => words}
      onRestore={() => onRestore([text, words].filter(Boolean).join('\n'))}
    />
  )
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim())
