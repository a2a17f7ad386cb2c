/** The device's screen while somebody is signed in: their pages in a frame, who it is above, and the way out. What the
 *  frame held is gone with it, from the screen and from memory; what is around it stays. */
import { Button } from 'antd'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths'
import type { Registered } from './queries'
import css from './screen.module.css'
import { useStay } from './useStay'

type Props = { here: Registered; call: ReactNode; onIn: () => void; onGone: () => void }

export function AtWork({ here, call, onIn, onGone }: Props) {
  const { t, i18n } = useTranslation()
  const frame = useRef<HTMLIFrameElement>(null)
  const { person, name, venue, venue_en } = here
  const { phase, left, leave, stuck, touch } = useStay(person, frame, onIn, onGone)
  const open = phase === 'open'
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
        <Button className="push" size="large" disabled={!open} onClick={() => leave('changed')}>
          {t(person ? 'devices.stay.change' : 'devices.stay.back')}
        </Button>
      </header>
      {call}
      {phase !== 'gone' && (
        <iframe
          ref={frame}
          className={css.frame}
          title={t('devices.stay.frame')}
          src={paths.home()}
          hidden={!open}
        />
      )}
    </main>
  )
}
