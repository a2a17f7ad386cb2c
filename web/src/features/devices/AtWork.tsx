/** The device's screen while somebody is signed in: their pages in a frame, who it is above, and the way out. What the
 *  frame held is gone with it, from the screen and from memory; what is around it stays. */
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths'
import { lend } from '../room/visit/beside'
import { CallBox } from './CallBox'
import type { Registered } from './queries'
import css from './screen.module.css'
import type { DeviceCall } from './useCall'
import { useStay } from './useStay'

type Props = { here: Registered; made: DeviceCall | null; onIn: () => void; onGone: () => void }

export function AtWork({ here, made, onIn, onGone }: Props) {
  const { t, i18n } = useTranslation()
  const frame = useRef<HTMLIFrameElement>(null)
  const { person, name, venue, venue_en } = here
  const { phase, left, leave, stuck, touch } = useStay(person, frame, onIn, onGone)
  const open = phase === 'open'
  const drawn = useDrawn(open ? made : null)
  const round = here.activity === 'round' && here.room ? paths.roundCart(here.room) : null
  /** While the device waits in a round whoever signs in is at the bed at once. */
  const [first] = useState(round ?? paths.home())
  const english = i18n.language === 'en'
  const who = person && ((english && person.name_en) || person.name)
  return (
    <main id="main" className={css.work} onPointerDown={touch}>
      <header className={css.bar}>
        <span>
          <b>{name}</b> <span className="secondary">{(english && venue_en) || venue}</span>
        </span>
        {who && <span>{t('devices.stay.who', { name: who })}</span>}
        <span role="status" className={css.said}>
          {stuck && t('devices.stay.stuck')}
          {!stuck && !open && t('devices.stay.leaving')}
          {open && left !== null && t('devices.stay.left', { count: left })}
        </span>
        {round && open && person && !drawn && (
          <Button
            type="primary"
            size="large"
            onClick={() => frame.current?.contentWindow?.location.assign(round)}
          >
            {t('devices.stay.round')}
          </Button>
        )}
        <Button className="push" size="large" disabled={!open} onClick={() => leave('changed')}>
          {t(person ? 'devices.stay.change' : 'devices.stay.back')}
        </Button>
      </header>
      {made && !drawn && <CallBox made={made} />}
      {phase !== 'gone' && (
        <iframe
          ref={frame}
          className={css.frame}
          title={t('devices.stay.frame')}
          src={first}
          hidden={!open}
        />
      )}
    </main>
  )
}

/** Whether the page in the frame draws the call, which is lent to it. */
function useDrawn(made: DeviceCall | null): boolean {
  const [drawn, setDrawn] = useState(false)
  useEffect(() => (made ? lend(made.call, made.media, setDrawn) : undefined), [made])
  return drawn
}
