/** Somebody who is not on the booking asks to come in. */
import { TeamOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/clock'
import type { Call, Peer } from '../../call'
import { useElapsed } from '../../kit/Countdown'
import type { Consultation } from '../consultations/view'
import css from './tiles.module.css'
import { usePeers } from './usePeers'

type Props = { peer: Peer; call: Call; consultation: Consultation }

export function Knock({ peer, call, consultation }: Props) {
  const { t } = useTranslation()
  const [since] = useState(() => new Date(serverNow()).toISOString())
  const [asking, setAsking] = useState(false)
  const [words, setWords] = useState('')
  const waited = useElapsed(since)
  const { name, title, from } = usePeers(consultation)(peer)
  const hold = () => {
    call.lead.hold(peer.id, words.trim())
    setAsking(false)
    setWords('')
  }
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
      {asking && (
        <Input
          autoFocus
          aria-label={t('room.knock.words')}
          placeholder={t('room.knock.words')}
          maxLength={200}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onPressEnter={hold}
        />
      )}
      <div className={css.answers}>
        <Button type="primary" onClick={() => call.lead.admit(peer.id)}>
          {t('room.knock.admit')}
        </Button>
        <Button onClick={() => (asking ? hold() : setAsking(true))}>{t('room.knock.hold')}</Button>
        <Button onClick={() => call.lead.deny(peer.id)}>{t('room.knock.deny')}</Button>
      </div>
    </section>
  )
}
