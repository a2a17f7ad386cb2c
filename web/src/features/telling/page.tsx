/** 通知方式: how I am told when no page is open. */
import { Button, Input, Switch } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch } from '../../api/client'
import { Field } from '../../kit/Field'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import { OnPages } from './OnPages'
import { type Choice, choiceQuery } from './queries'
import { TestButton } from './TestButton'
import css from './telling.module.css'

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHead title={t('telling.title')} note={t('telling.note')} />
      <div className={css.page}>
        <OnPages />
        <Loaded
          query={choiceQuery()}
          what={t('telling.title')}
          skeleton={<PanelSkeleton rows={4} />}
        >
          {(choice) =>
            choice.allowed ? (
              <Mail key={choice.version} choice={choice} />
            ) : (
              <Notice>{t('telling.not_allowed')}</Notice>
            )
          }
        </Loaded>
      </div>
    </>
  )
}

type Typed = Pick<Choice, 'email' | 'mail' | 'quiet_from' | 'quiet_until'>
const typedOf = ({ email, mail, quiet_from, quiet_until }: Choice): Typed => ({
  email,
  mail,
  quiet_from,
  quiet_until,
})

/** As the server checks it, roughly: a name, one @, a host with a dot. */
const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+$/

function Mail({ choice }: { choice: Choice }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(() => typedOf(choice))
  const put = (more: Partial<Typed>) => setTyped((before) => ({ ...before, ...more }))
  const save = useAct({
    run: () =>
      body(
        client.PUT('/api/notices/choice', {
          params: { header: ifMatch(choice.version) },
          body: { ...typed, email: typed.email.trim() },
        }),
      ),
    changes: { choice: '*' },
    done: t('telling.saved'),
  })
  const email = typed.email.trim()
  const wrong = email !== '' && !ADDRESS.test(email)
  const half = (typed.quiet_from === '') !== (typed.quiet_until === '')
  const changed = JSON.stringify(typed) !== JSON.stringify(typedOf(choice))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!wrong && !half) save.mutate()
  }
  return (
    <Panel title={t('telling.mail')} note={t('telling.mail_note')}>
      {!choice.set_up && <Notice>{t('telling.not_set_up')}</Notice>}
      <form className={css.form} onSubmit={submit}>
        <Field
          label={t('telling.address')}
          hint={t('telling.address_hint')}
          error={wrong ? t('telling.address_wrong') : null}
        >
          {(ids) => (
            <Input
              {...ids}
              type="email"
              autoComplete="email"
              maxLength={200}
              value={typed.email}
              onChange={({ target }) => put({ email: target.value })}
            />
          )}
        </Field>
        <div className={css.toggle}>
          <Switch
            checked={typed.mail}
            onChange={(mail) => put({ mail })}
            aria-label={t('telling.mail_on')}
          />
          <div>
            <strong>{t('telling.mail_on')}</strong>
            <div className="secondary">{t('telling.mail_on_hint')}</div>
          </div>
        </div>
        <Quiet typed={typed} half={half} put={put} />
        <div className={css.acts}>
          <Button
            type="primary"
            htmlType="submit"
            disabled={!changed || wrong || half}
            loading={save.isPending}
          >
            {t('telling.save')}
          </Button>
          {choice.email && choice.set_up && (
            <TestButton
              disabled={changed}
              run={() => body(client.POST('/api/notices/choice/test', {}))}
              sent={t('telling.test_sent', { address: choice.email })}
            />
          )}
        </div>
      </form>
    </Panel>
  )
}

function Quiet(p: { typed: Typed; half: boolean; put: (more: Partial<Typed>) => void }) {
  const { t } = useTranslation()
  const { quiet_from, quiet_until } = p.typed
  return (
    <fieldset className={css.quiet}>
      <legend>{t('telling.quiet')}</legend>
      <Hour
        label={t('telling.quiet_from')}
        value={quiet_from}
        onChange={(from) => p.put({ quiet_from: from })}
      />
      <Hour
        label={t('telling.quiet_until')}
        value={quiet_until}
        onChange={(until) => p.put({ quiet_until: until })}
      />
      {(quiet_from || quiet_until) && (
        <Button type="link" onClick={() => p.put({ quiet_from: '', quiet_until: '' })}>
          {t('telling.quiet_none')}
        </Button>
      )}
      <p className={p.half ? 'late' : 'secondary'}>
        {t(p.half ? 'telling.quiet_half' : 'telling.quiet_hint')}
      </p>
    </fieldset>
  )
}

function Hour(p: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Field label={p.label}>
      {(ids) => (
        <Input
          {...ids}
          type="time"
          value={p.value}
          onChange={({ target }) => p.onChange(target.value)}
        />
      )}
    </Field>
  )
}
