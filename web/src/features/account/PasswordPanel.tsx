/** Changing my password; the other places where I am signed in are signed out by it. */
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '../../api/client'
import type { Problem } from '../../api/problem'
import { useFormat } from '../../i18n/format'
import { Field } from '../../kit/Field'
import { Panel } from '../../kit/Panel'
import { useProblemText } from '../../kit/problemText'
import { useAct } from '../../kit/useAct'
import css from './account.module.css'
import type { Account } from './queries'

const EMPTY = { current: '', first: '', again: '' }
type Typed = typeof EMPTY
const FIELDS = ['current', 'first', 'again'] as const
const OF_CURRENT = ['current_password_wrong', 'too_many_attempts', 'too_many_from_here']

export function PasswordPanel({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { date } = useFormat()
  const since = account.password_at
  return (
    <Panel
      title={t('myAccount.password')}
      note={since ? t('myAccount.since', { date: date(since) }) : undefined}
    >
      <PasswordForm account={account} />
    </Panel>
  )
}

function PasswordForm({ account }: { account: Account }) {
  const { t } = useTranslation()
  const { typed, put, wrong, save, submit } = usePasswordForm(account)
  const least = String(account.password_length)
  const hints = { current: '', first: t('myAccount.password_hint', { least }), again: '' }
  return (
    <form className={css.form} onSubmit={submit}>
      {/* For password managers, which keep the new one under this name. */}
      <input hidden readOnly autoComplete="username" value={account.username} />
      {FIELDS.map((each) => (
        <Field
          key={each}
          label={t(`myAccount.${each}`)}
          hint={hints[each]}
          error={wrong[each] ?? null}
        >
          {(ids) => (
            <Input.Password
              {...ids}
              autoComplete={each === 'current' ? 'current-password' : 'new-password'}
              maxLength={200}
              value={typed[each]}
              onChange={({ target }) => put(each, target.value)}
            />
          )}
        </Field>
      ))}
      <div className={css.acts}>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('myAccount.change')}
        </Button>
      </div>
    </form>
  )
}

/** What was typed, and what is wrong with it: found here, or said by the server beside the field it means. */
function usePasswordForm(account: Account) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [typed, setTyped] = useState(EMPTY)
  const [wrong, setWrong] = useState<Partial<Typed>>({})
  const said = (problem: Problem): boolean => {
    if (![403, 422, 429].includes(problem.status)) return false
    const field = OF_CURRENT.includes(String(problem.extra.reason)) ? 'current' : 'first'
    setWrong({ [field]: problemText(problem) })
    return true
  }
  const save = useAct({
    run: () =>
      body(
        client.PUT('/api/account/password', {
          body: { current: typed.current, password: typed.first },
        }),
      ),
    changes: { account: '*' },
    done: t('myAccount.changed'),
    onDone: () => setTyped(EMPTY),
    onProblem: said,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const lacks: Partial<Typed> = {}
    const least = String(account.password_length)
    if (!typed.current) lacks.current = t('myAccount.current_needed')
    if (typed.first.length < account.password_length) lacks.first = t('signin.new.short', { least })
    else if (typed.first !== typed.again) lacks.again = t('signin.new.differ')
    setWrong(lacks)
    if (Object.keys(lacks).length === 0) save.mutate()
  }
  const put = (field: keyof Typed, value: string) => {
    setTyped((before) => ({ ...before, [field]: value }))
    setWrong({})
  }
  return { typed, put, wrong, save, submit }
}
