/** Choosing a password at the first sign-in, or when the old one has expired. */
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../../api/problem'
import { choosePassword, type Owed } from '../../api/session'
import { useProblemText } from '../../kit/problemText'
import type { OwedProps } from './owed'
import { Password } from './Password'
import css from './signin.module.css'

/** Why it is not sent yet. */
const lacks = (owed: Owed, first: string, again: string) =>
  first.length < owed.password_length ? 'short' : first !== again ? 'differ' : null

export function NewPassword({ owed, onDone, onEnded }: OwedProps) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const id = useId()
  const [first, setFirst] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])

  async function submit(event: FormEvent) {
    event.preventDefault()
    const lack = lacks(owed, first, again)
    if (lack) return setWhy(t(`signin.new.${lack}`, { least: String(owed.password_length) }))
    setBusy(true)
    setWhy('')
    try {
      onDone(await choosePassword(first))
    } catch (error) {
      if (asProblem(error).status === 401) return onEnded()
      setWhy(problemText(error))
      setBusy(false)
      field.current?.select()
    }
  }
  const wrong = why !== ''
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <p id={`${id}-hint`} className="secondary">
        {t('signin.new.hint', { least: String(owed.password_length) })}
      </p>
      {/* For password managers, which keep the new one under this name. */}
      <input hidden readOnly autoComplete="username" value={owed.username} />
      <Password
        ref={field}
        id={`${id}-first`}
        label={t('signin.new.first')}
        complete="new-password"
        wrong={wrong}
        said={`${id}-hint ${id}-wrong`}
        value={first}
        onChange={setFirst}
      />
      <Password
        id={`${id}-again`}
        label={t('signin.new.again')}
        complete="new-password"
        wrong={wrong}
        said={`${id}-wrong`}
        value={again}
        onChange={setAgain}
      />
      <p id={`${id}-wrong`} className={css.wrong} role="alert">
        {why}
      </p>
      <button type="submit" className={css.submit} disabled={busy} aria-busy={busy}>
        {t(busy ? 'signin.opening' : 'signin.new.submit')}
      </button>
    </form>
  )
}
