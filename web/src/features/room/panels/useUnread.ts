/** How many lines of others came since the chat was last visible. */
import { useEffect, useState } from 'react'
import type { ChatLine } from '../../../call'

export function useUnread(chat: readonly ChatLine[], looking: boolean): number {
  const theirs = chat.filter(({ mine }) => !mine).length
  const [seen, setSeen] = useState(0)
  useEffect(() => {
    if (looking) setSeen(theirs)
  }, [looking, theirs])
  return looking ? 0 : Math.max(0, theirs - seen)
}
