/** User name and password, and what was wrong with them. */
import EyeInvisibleOutlined from '@ant-design/icons-svg/es/asn/EyeInvisibleOutlined'
import EyeOutlined from '@ant-design/icons-svg/es/asn/EyeOutlined'
import LockOutlined from '@ant-design/icons-svg/es/asn/LockOutlined'
import UserOutlined from '@ant-design/icons-svg/es/asn/UserOutlined'
import { type FormEvent, type Ref, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem, type Problem } from '../../api/problem'
import { signIn } from '../../api/session'
import { useProblemText } from '../../kit/problemText'
import { Icon } from './Icon'
import css from './signin.module.css'

/** Remembered while the page is open. */
let lastUsername = ''

/** `known`: whose session has ended, so that only the password is asked for. */
export function SignInForm({ known = '' }: { known?: string }) {
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
        : wrong && problemText(wrong)

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
      await signIn(lastUsername, password)
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
      <Password ref={word} id={id} wrong={wrong !== null} value={password} onChange={setPassword} />
      <p id={`${id}-wrong`} className={css.wrong} role="alert">
        {why}
      </p>
      <button type="submit" className={css.submit} disabled={busy} aria-busy={busy}>
        {t(busy ? 'signin.opening' : 'signin.submit')}
      </button>
    </form>
  )
}

type PasswordProps = {
  ref: Ref<HTMLInputElement>
  id: string
  wrong: boolean
  value: string
  onChange: (value: string) => void
}

function Password({ ref, id, wrong, value, onChange }: PasswordProps) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  return (
    <>
      <label htmlFor={`${id}-word`}>{t('signin.password')}</label>
      <span className={css.field}>
        <Icon of={LockOutlined} />
        <input
          ref={ref}
          id={`${id}-word`}
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          aria-describedby={`${id}-wrong`}
          aria-invalid={wrong}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button"
          aria-label={t(shown ? 'signin.hide' : 'signin.show')}
          onClick={() => setShown(!shown)}
        >
          <Icon of={shown ? EyeOutlined : EyeInvisibleOutlined} />
        </button>
      </span>
    </>
  )
}
