/** User name and password, and what was wrong with them. */
import UserOutlined from '@ant-design/icons-svg/es/asn/UserOutlined'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem, type Problem } from '../../api/problem'
import { type Owed, signIn } from '../../api/session'
import { useProblemText } from '../../kit/problemText'
import { Icon } from './Icon'
import { Password } from './Password'
import css from './signin.module.css'

/** Remembered while the page is open. */
let lastUsername = ''

type Props = {
  /** Whose session has ended, so that only the password is asked for. */
  known: string
  /** What is said until something is wrong. */
  said: string
  onDone: (owed: Owed | null) => void
}

export function SignInForm({ known, said, onDone }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const id = useId()
  const [username, setUsername] = useState(known || lastUsername)
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<'empty' | 'refused' | Problem | null>(null)
  const name = useRef<HTMLInputElement>(null)
  const word = useRef<HTMLInputElement>(null)
  useEffect(() => (known || lastUsername ? word : name).current?.focus(), [known])

  const why =
    wrong === 'empty'
      ? t('signin.empty')
      : wrong === 'refused'
        ? t('signin.wrong')
        : wrong
          ? problemText(wrong)
          : said

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!username.trim() || !password) {
      setWrong('empty')
      return
    }
    setBusy(true)
    setWrong(null)
    try {
      lastUsername = username.trim()
      onDone(await signIn(lastUsername, password))
    } catch (error) {
      const problem = asProblem(error)
      setWrong(problem.status === 401 ? 'refused' : problem)
      setBusy(false)
      word.current?.select()
    }
  }

  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <label htmlFor={`${id}-name`}>{t('signin.username')}</label>
      <span className={css.field}>
        <Icon of={UserOutlined} />
        <input
          ref={name}
          id={`${id}-name`}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
      </span>
      <Password
        ref={word}
        id={`${id}-word`}
        label={t('signin.password')}
        complete="current-password"
        wrong={wrong !== null}
        said={`${id}-wrong`}
        value={password}
        onChange={setPassword}
      />
      <p id={`${id}-wrong`} className={css.wrong} role="alert">
        {why}
      </p>
      <button type="submit" className={css.submit} disabled={busy} aria-busy={busy}>
        {t(busy ? 'signin.opening' : 'signin.submit')}
      </button>
    </form>
  )
}
