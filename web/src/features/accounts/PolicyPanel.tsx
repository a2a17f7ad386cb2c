/** What the hospital asks of its accounts: passwords, and who needs a second step. */
import { Button, Checkbox, Input, InputNumber } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch } from '../../api/client'
import type { Role } from '../../api/session'
import { Field } from '../../kit/Field'
import { Notice } from '../../kit/Notice'
import { Panel } from '../../kit/Panel'
import { useProblemText } from '../../kit/problemText'
import { useAct } from '../../kit/useAct'
import css from './accounts.module.css'
import type { Policy } from './queries'

const NUMBERS = { length: [8, 64], history: [0, 24], expires_days: [0, 3650] } as const
const ROLES: Role[] = [
  'expert',
  'coordinator',
  'dispatcher',
  'duty_officer',
  'requesting_doctor',
  'accompanying_physician',
  'bed_doctor',
  'senior_doctor',
  'duty_doctor',
  'reviewer',
  'charge_nurse',
  'primary_nurse',
  'radiographer',
  'radiologist',
  'trainee',
  'quality_officer',
  'administrator',
]
const lines = (text: string) =>
  text
    .split(/[\s,，;；]+/)
    .map((each) => each.trim())
    .filter(Boolean)

export function PolicyPanel({ policy }: { policy: Policy }) {
  const { t } = useTranslation()
  const { typed, put, save, wrong, submit } = usePolicy(policy)
  return (
    <Panel title={t('accounts.policy')} note={t('accounts.policy_note')}>
      <form className={css.form} onSubmit={submit}>
        <div className={css.numbers}>
          {(['length', 'history', 'expires_days'] as const).map((each) => (
            <Field key={each} label={t(`accounts.${each}`)} hint={t(`accounts.${each}_hint`)}>
              {(ids) => (
                <InputNumber
                  {...ids}
                  min={NUMBERS[each][0]}
                  max={NUMBERS[each][1]}
                  precision={0}
                  value={typed[each]}
                  onChange={(value) => put({ [each]: value ?? NUMBERS[each][0] })}
                />
              )}
            </Field>
          ))}
        </div>
        <Roles
          chosen={typed.second_factor_roles}
          onChange={(roles) => put({ second_factor_roles: roles })}
        />
        <Field
          label={t('accounts.networks')}
          hint={t('accounts.networks_hint', { address: policy.your_address || '–' })}
          error={wrong}
        >
          {(ids) => (
            <Input.TextArea
              {...ids}
              rows={4}
              placeholder="10.0.0.0/8"
              value={typed.networks}
              onChange={({ target }) => put({ networks: target.value })}
            />
          )}
        </Field>
        {lines(typed.networks).length > 0 && <Notice>{t('accounts.networks_on')}</Notice>}
        <div className={css.acts}>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('accounts.save')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

function Roles({ chosen, onChange }: { chosen: Role[]; onChange: (roles: Role[]) => void }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <fieldset className={css.roles} aria-describedby={id}>
      <legend>{t('accounts.roles')}</legend>
      <p id={id} className="secondary small">
        {t('accounts.roles_hint')}
      </p>
      {ROLES.map((each) => (
        <Checkbox
          key={each}
          checked={chosen.includes(each)}
          onChange={({ target }) =>
            onChange(target.checked ? [...chosen, each] : chosen.filter((one) => one !== each))
          }
        >
          {t(`role.${each}`)}
        </Checkbox>
      ))}
    </fieldset>
  )
}

function usePolicy(policy: Policy) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [typed, setTyped] = useState({
    length: policy.length,
    history: policy.history,
    expires_days: policy.expires_days,
    second_factor_roles: policy.second_factor_roles,
    networks: policy.networks.join('\n'),
  })
  const [wrong, setWrong] = useState<string | null>(null)
  const save = useAct({
    run: () =>
      body(
        client.PUT('/api/admin/account-policy', {
          params: { header: ifMatch(policy.version) },
          body: { ...typed, networks: lines(typed.networks) },
        }),
      ),
    changes: { account: '*' },
    done: t('accounts.saved'),
    onProblem: (problem) => {
      if (problem.extra.reason !== 'network_wrong') return false
      setWrong(problemText(problem))
      return true
    },
  })
  const put = (more: Partial<typeof typed>) => {
    setTyped((before) => ({ ...before, ...more }))
    setWrong(null)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return { typed, put, save, wrong, submit }
}
