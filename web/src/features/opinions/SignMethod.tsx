/** How to sign: with the password, or with a paper signed by hand. */
import { Button, Input, Radio } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem, Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import { usePeopleWords } from '../../kit/people'
import { useProblemText } from '../../kit/problemText'
import { PaperSign } from './PaperSign'
import css from './sign.module.css'

export type Proof = Partial<Schemas['Sign']> & Pick<Schemas['Sign'], 'method'>
type Props = {
  id: string
  number: number
  version: number
  busy: boolean
  refused: Problem | null
  onSign: (proof: Proof) => void
}

export function SignMethod({ id, number, version, busy, refused, onSign }: Props) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { named } = usePeopleWords()
  const text = useProblemText()
  const [method, setMethod] = useState<Proof['method']>('password')
  return (
    <section className={css.part}>
      <h3>
        <i aria-hidden>3</i>
        {t('opinions.sign.method')}
        <span className="secondary small push">
          {t('opinions.sign.signer', { name: named(actor) })}
        </span>
      </h3>
      <Radio.Group
        className={css.methods ?? ''}
        aria-label={t('opinions.sign.method')}
        value={method}
        onChange={(event) => setMethod(event.target.value)}
      >
        <Radio value="password">
          <b>{t('opinions.sign.password')}</b>
          <small>{t('opinions.sign.password_note')}</small>
        </Radio>
        <Radio value="paper">
          <b>{t('opinions.sign.paper')}</b>
          <small>{t('opinions.sign.paper_note')}</small>
        </Radio>
      </Radio.Group>
      {method === 'password' ? (
        <ByPassword
          number={number}
          busy={busy}
          wrong={refused?.extra.reason === 'wrong_password'}
          onSign={(password) => onSign({ method: 'password', password })}
        />
      ) : (
        <PaperSign
          id={id}
          number={number}
          version={version}
          busy={busy}
          onSign={(scan_id, sha256) => onSign({ method: 'paper', scan_id, sha256 })}
        />
      )}
      {refused && (
        <p className="late small" role="alert">
          {text(refused)}
        </p>
      )}
      <p className="secondary small">{t('opinions.sign.final')}</p>
    </section>
  )
}

type PasswordProps = {
  number: number
  busy: boolean
  wrong: boolean
  onSign: (password: string) => void
}

function ByPassword({ number, busy, wrong, onSign }: PasswordProps) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const sign = (event: FormEvent) => {
    event.preventDefault()
    if (password) onSign(password)
  }
  return (
    <form className={css.go} onSubmit={sign}>
      <Input.Password
        autoFocus
        autoComplete="current-password"
        aria-label={t('opinions.sign.password_label')}
        placeholder={t('opinions.sign.password_label')}
        status={wrong ? 'error' : ''}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={!password} loading={busy}>
        {t('opinions.sign.do', { n: String(number) })}
      </Button>
    </form>
  )
}
