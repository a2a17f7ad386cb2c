/** The second step of signing in: a code of the telephone, or a recovery code where that is not at hand. */
import LockOutlined from '@ant-design/icons-svg/es/asn/LockOutlined'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../../api/problem'
import { giveCode } from '../../api/session'
import { useProblemText } from '../../kit/problemText'
import { Icon } from './Icon'
import type { OwedProps } from './owed'
import css from './signin.module.css'

export function SecondStep({ onDone, onEnded }: OwedProps) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const id = useId()
  const [recovery, setRecovery] = useState(false)
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState('')
  const field = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the field has the keyboard again in the other form too
  useEffect(() => field.current?.focus(), [recovery])
  const form = recovery ? 'recovery' : 'code'

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!code.trim()) return setWhy(t(`signin.second.${form}_needed`))
    setBusy(true)
    setWhy('')
    try {
      onDone(await giveCode(code))
    } catch (error) {
      if (asProblem(error).status === 401) return onEnded()
      setWhy(problemText(error))
      setBusy(false)
      field.current?.select()
    }
  }
  const change = () => {
    setRecovery(!recovery)
    setCode('')
    setWhy('')
  }
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <p id={`${id}-hint`} className="secondary">
        {t(`signin.second.${form}_hint`)}
      </p>
      <label htmlFor={id}>{t(`signin.second.${form}`)}</label>
      <span className={css.field}>
        <Icon of={LockOutlined} />
        <input
          ref={field}
          id={id}
          inputMode={recovery ? 'text' : 'numeric'}
          autoComplete={recovery ? 'off' : 'one-time-code'}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={60}
          aria-describedby={`${id}-hint ${id}-wrong`}
          aria-invalid={why !== ''}
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      </span>
      <p id={`${id}-wrong`} className={css.wrong} role="alert">
        {why}
      </p>
      <button type="submit" className={css.submit} disabled={busy} aria-busy={busy}>
        {t(busy ? 'signin.opening' : 'signin.submit')}
      </button>
      <button type="button" className={css.back} onClick={change}>
        {t(recovery ? 'signin.second.with_code' : 'signin.second.with_recovery')}
      </button>
    </form>
  )
}
