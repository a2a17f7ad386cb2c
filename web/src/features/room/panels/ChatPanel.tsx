/** The chat. Own lines appear at once, with a mark until the server has stored them. */
import { SendOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, CallState, ChatLine } from '../../../call'
import { useFormat } from '../../../i18n/format'
import { type Meeting, usePeers } from '../visit/usePeers'
import css from './side.module.css'
import { Unsaid } from './Unsaid'
import { useWritten } from './useWritten'

type Props = {
  call: Call
  state: CallState
  consultation: Meeting
  /** What is spoken of, where that changes within the room. */
  of?: string | undefined
  /** Of the field, where those who read it are in no consultation's room. */
  label?: string
  /** What stands there while nothing is written; otherwise a consultation's words. */
  empty?: string
  /** Whether one is to type at once. */
  typing?: boolean
  onTyping?: (typing: boolean) => void
}

const LONGEST = 2000

export function ChatPanel({
  call,
  state,
  consultation: c,
  of,
  label,
  empty,
  typing = true,
  onTyping,
}: Props) {
  const { t } = useTranslation()
  const write = label ?? t('room.chat.write')
  const [text, setText] = useWritten(c.id)
  const end = useRef<HTMLLIElement>(null)
  const { chat, linked } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is the event
  useEffect(() => {
    // `void`, because newer browsers return a promise, which React would take for a clean-up.
    void end.current?.scrollIntoView({ block: 'end' })
  }, [chat.length])
  const say = () => {
    const words = text.trim()
    if (!words) return
    call.chat(words, of)
    setText('')
  }
  return (
    <div className={css.chat}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={css.lines} role="log" aria-label={t('room.chat.title')} tabIndex={0}>
        <ul>
          {chat.length === 0 && <li className="secondary">{empty ?? t('room.chat.empty')}</li>}
          {chat.map((line) => (
            <Line key={line.id} line={line} state={state} consultation={c} />
          ))}
          <li ref={end} aria-hidden />
        </ul>
      </div>
      <Unsaid room={c.id} chat={chat} text={text} onRestore={setText} />
      {!linked && (
        <p className={css.unlinked} role="status">
          {t('room.chat.unlinked')}
        </p>
      )}
      <form
        className={css.say}
        onSubmit={(event) => {
          event.preventDefault()
          say()
        }}
      >
        <Input.TextArea
          autoFocus={typing}
          onFocus={() => onTyping?.(true)}
          onBlur={() => onTyping?.(false)}
          aria-label={write}
          placeholder={write}
          autoSize={{ minRows: 1, maxRows: 5 }}
          maxLength={LONGEST}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            // Enter that confirms an input method's choice must not send.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            say()
          }}
        />
        <Button
          type="primary"
          htmlType="submit"
          icon={<SendOutlined aria-hidden />}
          aria-label={t('room.chat.send')}
        />
      </form>
    </div>
  )
}

function Line({
  line,
  state,
  consultation,
}: { line: ChatLine } & Pick<Props, 'state' | 'consultation'>) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const named = usePeers(consultation)
  const peer = [state.me, ...state.people].find((each) => each?.id === line.from)
  const name = named(
    peer ?? {
      sub: line.from.split('/')[0] ?? '',
      name: line.name,
      role: '',
      hospital: '',
      title: '',
    },
  ).name
  return (
    <li data-mine={line.mine} data-state={line.state}>
      <span className="secondary small">
        {line.mine ? t('room.chat.me') : name}
        {line.at && ` · ${time(line.at)}`}
        {line.state !== 'kept' && (
          <b className={css[line.state]}> · {t(`room.chat.${line.state}`)}</b>
        )}
      </span>
      <p>{line.text}</p>
    </li>
  )
}
