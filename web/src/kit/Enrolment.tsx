/** Enrolling a second factor: a QR code for the telephone, its first code, then the recovery codes. Plain elements,
 *  because it also stands before the sign-in. */
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../api/problem'
import css from './Enrolment.module.css'
import { useProblemText } from './problemText'
import { RecoveryCodes } from './RecoveryCodes'

export type Proposed = { key: string; qr: string }
type Props = {
  begin: () => Promise<Proposed>
  /** Takes its first code; returns the recovery codes. */
  confirm: (code: string) => Promise<string[]>
  /** The recovery codes are kept. */
  onDone: () => void
  /** The sign-in has ended meanwhile. */
  onEnded: () => void
}

export function Enrolment({ begin, confirm, onDone, onEnded }: Props) {
  const problemText = useProblemText()
  const [proposed, setProposed] = useState<Proposed | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const [why, setWhy] = useState('')
  const failed = (error: unknown) =>
    asProblem(error).status === 401 ? onEnded() : setWhy(problemText(error))
  const begun = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, because each makes a new secret
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    begin().then(setProposed, failed)
  }, [])
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />
  return (
    <Confirm
      proposed={proposed}
      why={why}
      send={async (code) => {
        setWhy('')
        await confirm(code).then(setCodes, failed)
      }}
    />
  )
}

type ConfirmProps = {
  proposed: Proposed | null
  why: string
  send: (code: string) => Promise<void>
}

function Confirm({ proposed, why, send }: ConfirmProps) {
  const { t } = useTranslation()
  const id = useId()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    void send(code).finally(() => setBusy(false))
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <ol className={css.how}>
        <li>{t('signin.factor.get')}</li>
        <li>
          {t('signin.factor.scan')}
          {proposed && (
            <>
              <img className={css.qr} src={proposed.qr} alt={t('signin.factor.qr')} />
              <span className="secondary small">{t('signin.factor.key')}</span>
              <code className={css.key}>{proposed.key}</code>
            </>
          )}
        </li>
        <li>
          <label htmlFor={id}>{t('signin.factor.first')}</label>
        </li>
      </ol>
      <input
        id={id}
        className={css.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        aria-describedby={`${id}-wrong`}
        aria-invalid={why !== ''}
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
      <p id={`${id}-wrong`} className={css.wrong} role="alert">
        {why}
      </p>
      <button type="submit" className={css.submit} disabled={busy || !proposed || !code.trim()}>
        {t('signin.factor.confirm')}
      </button>
    </form>
  )
}
