/** 工牌登录: my badge and PIN, by which I sign in at a cart or a consultation room's computer. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '../../api/client'
import type { Problem } from '../../api/problem'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { useProblemText } from '../../kit/problemText'
import { useAct } from '../../kit/useAct'
import css from './account.module.css'

export function BadgePanel({ since }: { since: string | null }) {
  const { t } = useTranslation()
  const { date } = useFormat()
  const [setting, setSetting] = useState(false)
  const remove = useAct({
    run: () => body(client.DELETE('/api/account/badge')),
    changes: { account: '*' },
    done: t('myAccount.badge.removed'),
  })
  return (
    <Panel title={t('myAccount.badge.title')} note={t('myAccount.badge.note')}>
      <p>
        {since ? (
          <Pill tone="done">{t('myAccount.badge.since', { date: date(since) })}</Pill>
        ) : (
          t('myAccount.badge.off')
        )}
      </p>
      <div className={css.acts}>
        <Button type={since ? 'default' : 'primary'} onClick={() => setSetting(true)}>
          {t(since ? 'myAccount.badge.again' : 'myAccount.badge.set')}
        </Button>
        {since && (
          <Button loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('myAccount.badge.remove')}
          </Button>
        )}
      </div>
      {setting && <SetBadge onClose={() => setSetting(false)} />}
    </Panel>
  )
}

const EMPTY = { current: '', badge: '', pin: '', again: '' }
type Typed = typeof EMPTY
type Name = keyof Typed
const FIELDS = ['current', 'badge', 'pin', 'again'] as const
const OF_BADGE = ['badge_taken', 'badge_unreadable']
const OF_PIN = ['pin_digits', 'pin_simple']
const SIX = /^\d{6}$/

const fieldOf = ({ extra }: Problem): Name => {
  const reason = String(extra.reason)
  if (OF_BADGE.includes(reason)) return 'badge'
  return OF_PIN.includes(reason) ? 'pin' : 'current'
}

function SetBadge({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { typed, put, wrong, save, send } = useBadgeForm(onClose)
  return (
    <Dialog
      title={t('myAccount.badge.set')}
      confirm={t('myAccount.badge.save')}
      busy={save.isPending}
      onConfirm={send}
      onClose={onClose}
    >
      {FIELDS.map((each) => (
        <Field
          key={each}
          label={t(each === 'current' ? 'myAccount.current' : `myAccount.badge.fields.${each}`)}
          hint={t(each === 'current' ? 'myAccount.prove' : `myAccount.badge.hints.${each}`)}
          error={wrong[each] ?? null}
        >
          {(ids) => (
            <Input.Password
              {...ids}
              autoFocus={each === 'current'}
              autoComplete={each === 'current' ? 'current-password' : 'off'}
              inputMode={each === 'pin' || each === 'again' ? 'numeric' : 'text'}
              maxLength={each === 'pin' || each === 'again' ? 6 : 200}
              value={typed[each]}
              onChange={({ target }) => put(each, target.value)}
              // A reader ends the badge's number with Enter.
              onPressEnter={({ currentTarget }) => onward(currentTarget, send)}
            />
          )}
        </Field>
      ))}
    </Dialog>
  )
}

/** To the next field, or to the end of the form. */
function onward(from: HTMLInputElement, send: () => void): void {
  const all = [...(from.closest('[role=dialog]')?.querySelectorAll('input') ?? [])]
  const next = all[all.indexOf(from) + 1]
  if (next) next.focus()
  else send()
}

/** What was typed, and what is wrong with it: found here, or said by the server beside the field it means. */
function useBadgeForm(onClose: () => void) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [typed, setTyped] = useState(EMPTY)
  const [wrong, setWrong] = useState<Partial<Typed>>({})
  const { current, badge, pin } = typed
  const save = useAct({
    run: () => body(client.PUT('/api/account/badge', { body: { current, badge, pin } })),
    changes: { account: '*' },
    done: t('myAccount.badge.done'),
    onDone: onClose,
    onProblem: (problem) => {
      if (![403, 409, 422, 429].includes(problem.status)) return false
      setWrong({ [fieldOf(problem)]: problemText(problem) })
      return true
    },
  })
  const send = () => {
    const lacks: Partial<Typed> = {}
    if (!current) lacks.current = t('myAccount.current_needed')
    if (!badge.trim()) lacks.badge = t('myAccount.badge.badge_needed')
    if (!SIX.test(pin)) lacks.pin = t('myAccount.badge.pin_needed')
    else if (pin !== typed.again) lacks.again = t('myAccount.badge.differ')
    setWrong(lacks)
    if (Object.keys(lacks).length === 0) save.mutate()
  }
  const put = (field: Name, value: string) => {
    setTyped((before) => ({ ...before, [field]: value }))
    setWrong({})
  }
  return { typed, put, wrong, save, send }
}
