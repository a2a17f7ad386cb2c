/** Whether one stands by, until when, and how one begins and leaves. */
import { Button, Input } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../../api/clock'
import { useSession } from '../../../api/session'
import { useFormat } from '../../../i18n/format'
import { bellUnlocked } from '../../../kit/bell'
import { Field } from '../../../kit/Field'
import { Notice } from '../../../kit/Notice'
import { usePermission } from '../../../kit/notification'
import { useAct } from '../../../kit/useAct'
import css from '../rosters.module.css'
import { HandingOver } from './HandingOver'
import { HandOvers } from './HandOvers'
import { awayOf, beginStandby, comeBack, leaveStandby, type OwnStandby } from './queries'
import own_css from './standby.module.css'

const AwayDialog = lazy(() => import('./AwayDialog'))
const CHANGES = { roster: '*' } as const

type Props = {
  own: OwnStandby
  on: boolean
  /** Asks for camera and microphone, after a press. */
  onHere: () => void
}

export function Head({ own, on, onHere }: Props) {
  const { t } = useTranslation()
  const { moment, duration } = useFormat()
  const [permission, ask] = usePermission()
  const now = useNow()
  // From the beginning: the press that unlocks the bell must still find the button.
  const [silent, setSilent] = useState(() => !bellUnlocked())
  // In the press itself: browsers ask for nothing without one.
  const here = () => {
    setSilent(false)
    if (permission === 'default') ask()
    onHere()
  }
  const until = own.now?.until
  const away = awayOf(own, useSession().actor.id, now)
  return (
    <>
      <HandOvers own={own} />
      <Over own={own} />
      <section
        className={`${css.mine} ${on ? css.on : ''} ${on && away ? own_css.away : ''}`}
        aria-label={t('standby.title')}
      >
        <div>
          <b className={css.state} role="status">
            {t(!on ? 'standby.off' : away ? 'standby.away' : 'standby.on')}
          </b>
          {on && away && (
            <p className="secondary">
              {t('standby.away_until', {
                at: moment(away.until),
                left: duration(Date.parse(away.until) - now),
              })}
            </p>
          )}
          <p className="secondary">
            {on && until
              ? t('standby.until', {
                  at: moment(until),
                  left: duration(Date.parse(until) - now),
                })
              : t('standby.would', { at: moment(own.until) })}
          </p>
        </div>
        {on ? (
          <span className={own_css.acts}>
            {silent && (
              <span>
                <Button type="primary" size="large" onClick={here}>
                  {t('standby.here')}
                </Button>
                <span className="secondary small"> {t('standby.here_hint')}</span>
              </span>
            )}
            <Acts away={Boolean(away)} />
            {own.rostered && <HandingOver />}
          </span>
        ) : (
          <>
            <Begin own={own} onBegin={here} />
            {own.rostered && <HandingOver />}
          </>
        )}
      </section>
    </>
  )
}

/** Away for a while and back; leaving. */
function Acts({ away }: { away: boolean }) {
  const { t } = useTranslation()
  const [going, setGoing] = useState(false)
  const back = useAct({ run: comeBack, changes: CHANGES, done: t('standby.back_done') })
  const leave = useAct({ run: leaveStandby, changes: CHANGES, done: t('standby.left') })
  return (
    <>
      {away ? (
        <Button type="primary" loading={back.isPending} onClick={() => back.mutate()}>
          {t('standby.back')}
        </Button>
      ) : (
        <Button onClick={() => setGoing(true)}>{t('standby.step_away')}</Button>
      )}
      <Button loading={leave.isPending} onClick={() => leave.mutate()}>
        {t('standby.leave')}
      </Button>
      {going && (
        <Suspense fallback={null}>
          <AwayDialog onClose={() => setGoing(false)} />
        </Suspense>
      )}
    </>
  )
}

/** How the last one ended, as long as the next has not begun; who has taken the shift is said by itself. */
function Over({ own: { now, last, hand_overs } }: { own: OwnStandby }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  if (now || !last) return null
  const taken = hand_overs.some(
    ({ by_me, answer, answered_at }) =>
      by_me && answer === 'accepted' && answered_at === last.left_at,
  )
  if (taken) return null
  return (
    <Notice tone={last.left_at ? 'info' : 'urgent'}>
      {last.left_at
        ? t('standby.left_at', { at: moment(last.left_at) })
        : t('standby.over', { at: moment(last.until) })}
    </Notice>
  )
}

function Begin({ own, onBegin }: { own: OwnStandby; onBegin: () => void }) {
  const { t } = useTranslation()
  const [proof, setProof] = useState('')
  const begin = useAct({
    run: () => beginStandby(proof),
    changes: CHANGES,
    done: t('standby.began'),
    onDone: () => setProof(''),
  })
  const code = own.proof === 'code'
  return (
    <form
      className={own_css.begin}
      onSubmit={(event) => {
        event.preventDefault()
        onBegin()
        begin.mutate()
      }}
    >
      <Field
        label={t(`standby.${own.proof}`)}
        required
        hint={own.rostered ? t(`standby.${own.proof}_hint`) : t('standby.not_rostered')}
      >
        {(ids) => (
          <Input
            {...ids}
            type={code ? 'text' : 'password'}
            inputMode={code ? 'numeric' : 'text'}
            autoComplete={code ? 'one-time-code' : 'current-password'}
            value={proof}
            onChange={(event) => setProof(event.target.value)}
          />
        )}
      </Field>
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        disabled={!proof.trim()}
        loading={begin.isPending}
      >
        {t('standby.begin')}
      </Button>
    </form>
  )
}
