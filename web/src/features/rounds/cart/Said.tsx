/** What somebody has just written to all who are there: over the picture for a minute, since nobody types at the bed. */
import { MessageOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../api/clock'
import type { CallState } from '../../../call'
import { usePeers } from '../../room/visit/usePeers'
import { chatHere } from '../live/chat'
import type { Round } from '../live/queries'
import { useMeeting } from '../live/useInside'
import css from './picture.module.css'

const SHOWN_MS = 60_000

export function Said({ round, state }: { round: Round; state: CallState }) {
  const { t } = useTranslation()
  const now = useNow()
  const named = usePeers(useMeeting(round))
  const last = chatHere(state.chat, round)
    .filter(({ mine }) => !mine)
    .at(-1)
  if (!last?.at || now - Date.parse(last.at) > SHOWN_MS) return null
  const by = state.people.find(({ id }) => id === last.from)
  return (
    <p className={css.said} role="status">
      <MessageOutlined aria-hidden />{' '}
      {t('rounds_live.chat.at_cart', { who: by ? named(by).name : last.name, text: last.text })}
    </p>
  )
}
