/** Six digits, pressed on the screen or typed; the sixth sends them. */
import { Button } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './screen.module.css'

const DIGITS = 6
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

type Props = { busy: boolean; onPin: (pin: string) => void }

export function PinPad({ busy, onPin }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [pin, setPin] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const put = (typed: string) => {
    if (busy) return
    const next = typed.normalize('NFKC').replace(/\D/g, '').slice(0, DIGITS)
    setPin(next)
    if (next.length === DIGITS) onPin(next)
  }
  useEffect(() => field.current?.focus(), [])
  /** After a key on the screen the keyboard goes on too. */
  const press = (next: string) => {
    put(next)
    field.current?.focus()
  }
  const key = (digit: string) => (
    <Button key={digit} disabled={busy} onClick={() => press(pin + digit)}>
      {digit}
    </Button>
  )
  return (
    <div className={css.pin}>
      <label htmlFor={id}>{t('devices.badge.pin')}</label>
      <input
        ref={field}
        id={id}
        type="password"
        // The keys below stand in for a tablet's keyboard, which would cover them.
        inputMode="none"
        autoComplete="off"
        maxLength={DIGITS}
        readOnly={busy}
        value={pin}
        onChange={({ target }) => put(target.value)}
      />
      <div className={css.keys}>
        {KEYS.map(key)}
        <Button disabled={busy} onClick={() => press('')}>
          {t('devices.badge.clear')}
        </Button>
        {key('0')}
        <Button
          disabled={busy}
          aria-label={t('devices.badge.back')}
          onClick={() => press(pin.slice(0, -1))}
        >
          ←
        </Button>
      </div>
      <p role="status" className="secondary">
        {busy ? t('devices.badge.opening') : ''}
      </p>
    </div>
  )
}
