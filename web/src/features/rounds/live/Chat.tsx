/** 聊天 with whoever else is in the room, at this bed: with the next one it begins anew, and what is for the note is
 *  written as such. */
import { CloseOutlined, MessageOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChatPanel } from '../../room/panels/ChatPanel'
import { useUnread } from '../../room/panels/useUnread'
import { chatHere } from './chat'
import css from './chat.module.css'
import { Paper } from './Paper'
import type { Round } from './queries'
import { Tool } from './Tool'
import { type Inside, useMeeting } from './useInside'

/** The button that opens it, to which the focus goes back. */
const CHAT = 'round-chat'

type Props = { round: Round; inside: Inside; onClose: () => void }

/** What is typed and not sent is kept by bed too. */
export function Chat({ round, inside: { call, state }, onClose }: Props) {
  const { t } = useTranslation()
  const meeting = useMeeting(round)
  /** With the next bed the field is made anew: whoever types goes on in it, and nobody else is drawn into it. */
  const [typing, setTyping] = useState(true)
  const here = { ...meeting, id: [round.id, round.current_id].filter(Boolean).join('/') }
  return (
    <Paper className={css.chat} label={t('rounds_live.chat.title')}>
      <header className={css.head}>
        <h2>{t('rounds_live.chat.title')}</h2>
        <Button
          className="push"
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('rounds_live.chat.close')}
          onClick={() => {
            onClose()
            document.getElementById(CHAT)?.focus()
          }}
        />
      </header>
      <ChatPanel
        key={here.id}
        call={call}
        state={{ ...state, chat: chatHere(state.chat, round) }}
        consultation={here}
        of={round.current_id ?? undefined}
        label={t('rounds_live.chat.write')}
        empty={t('rounds_live.chat.empty')}
        typing={typing}
        onTyping={setTyping}
      />
    </Paper>
  )
}

type ToolProps = { round: Round; inside: Inside; open: boolean; onClick: () => void }

/** Opens and closes it, and says how much of this bed's is not read. */
export function ChatTool({ round, inside, open, onClick }: ToolProps) {
  const { t } = useTranslation()
  const unread = useUnread(chatHere(inside.state.chat, round), open)
  return (
    <Tool
      id={CHAT}
      icon={<MessageOutlined />}
      label={t('rounds_live.chat.title')}
      pressed={open}
      count={unread > 0 ? t('rounds_live.chat.unread', { n: String(unread) }) : null}
      onClick={onClick}
    />
  )
}
