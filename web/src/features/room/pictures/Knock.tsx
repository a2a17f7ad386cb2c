/** Somebody whom only a lead lets in asks to enter: a card below the video, or a strip while that is hidden. */
import { TeamOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../../api/clock'
import type { Call, CallState, Peer } from '../../../call'
import type { Consultation } from '../../../consultation/view'
import { useElapsed } from '../../../kit/Countdown'
import { usePeers } from '../visit/usePeers'
import room from './room.module.css'
import css from './tiles.module.css'
import { useNarrow } from './useNarrow'

type Props = { peer: Peer; call: Call; consultation: Consultation }

/** The people a lead must admit; people on the booking enter without, unless they were asked to wait or sent away. */
export const knocks = ({ rights, knocking }: CallState): readonly Peer[] =>
  rights.includes('admit') ? knocking.filter((each) => each.knocks) : []

export function Knock({ peer, call, consultation }: Props) {
  const { t } = useTranslation()
  const [since] = useState(() => new Date(serverNow()).toISOString())
  const waited = useElapsed(since)
  const { name, title, from } = usePeers(consultation)(peer)
  return (
    <section className={`${css.box} ${css.knock}`} aria-label={t('room.knock.of', { name })}>
      <header>
        <TeamOutlined aria-hidden /> <b role="alert">{t('room.knock.title')}</b>
      </header>
      <p>
        <b>{name}</b> {title}
        <span className="secondary small">{from}</span>
        <span className="secondary small">
          {t(peer.held ? 'room.knock.held' : 'room.knock.waiting', { time: waited })}
        </span>
      </p>
      <Answers peer={peer} call={call} />
    </section>
  )
}

export function KnockStrip({ peer, call, consultation }: Props) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const { name, title, from } = usePeers(consultation)(peer)
  return (
    <section
      className={`${room.strip} ${room.info} ${room.knock}`}
      aria-label={t('room.knock.of', { name })}
    >
      <TeamOutlined aria-hidden />
      <span role={peer.held ? undefined : 'alert'}>
        <b>{t(peer.held ? 'room.knock.asked' : 'room.knock.title')}</b> {name} {title} {from}
      </span>
      <Answers peer={peer} call={call} small={!narrow} />
    </section>
  )
}

type AnswersProps = { peer: Peer; call: Call; small?: boolean }

function Answers({ peer, call, small = false }: AnswersProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [words, setWords] = useState('')
  const size = small ? 'small' : 'medium'
  const hold = () => {
    call.lead.hold(peer.id, words.trim())
    setAsking(false)
    setWords('')
  }
  return (
    <>
      {asking && (
        <Input
          autoFocus
          size={size}
          aria-label={t('room.knock.words')}
          placeholder={t('room.knock.words')}
          maxLength={200}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onPressEnter={hold}
        />
      )}
      <div className={css.answers}>
        <Button size={size} type="primary" onClick={() => call.lead.admit(peer.id)}>
          {t('room.knock.admit')}
        </Button>
        <Button size={size} onClick={() => (asking ? hold() : setAsking(true))}>
          {t('room.knock.hold')}
        </Button>
        <Button size={size} onClick={() => call.lead.deny(peer.id)}>
          {t('room.knock.deny')}
        </Button>
      </div>
    </>
  )
}
