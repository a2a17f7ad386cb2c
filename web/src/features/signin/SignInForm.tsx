/** User name and password, and what was wrong with them. */
import { LockOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem, type Problem } from '../../api/problem'
import { signIn } from '../../api/session'
import { useProblemText } from '../../kit/problemText'
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
  const name = useRef<InputRef>(null)
  const word = useRef<InputRef>(null)
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
      word.current?.focus({ cursor: 'all' })
    }
  }

  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <label htmlFor={`${id}-name`}>{t('signin.username')}</label>
      <Input
        ref={name}
        id={`${id}-name`}
        size="large"
        prefix={<UserOutlined aria-hidden />}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <label htmlFor={`${id}-word`}>{t('signin.password')}</label>
      <Input.Password
        ref={word}
        id={`${id}-word`}
        size="large"
        prefix={<LockOutlined aria-hidden />}
        autoComplete="current-password"
        aria-describedby={`${id}-wrong`}
        aria-invalid={wrong !== null}
        {...(wrong ? { status: 'error' as const } : {})}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <p id={`${id}-wrong`} className={css.wrong} role="alert">
        {why}
      </p>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('signin.submit')}
      </Button>
    </form>
  )
}
