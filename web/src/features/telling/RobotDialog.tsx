/** Enters or changes the robot of a chat group. */
import { Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, idempotent, ifMatch, type Schemas } from '../../api/client'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { useAct } from '../../kit/useAct'
import { useGroups } from './groups'
import type { Robot } from './queries'

type Typed = {
  kind: Schemas['RobotKind']
  name: string
  url: string
  secret: string
  /** `role:coordinator` or `department:…`. */
  group: string
}
const KINDS = ['wecom', 'dingtalk'] as const

const typedOf = (robot?: Robot): Typed => ({
  kind: robot?.kind ?? 'wecom',
  name: robot?.name ?? '',
  url: '',
  secret: '',
  group: robot?.role
    ? `role:${robot.role}`
    : robot?.department_id
      ? `department:${robot.department_id}`
      : '',
})

const sentOf = ({ group, kind, secret, ...typed }: Typed) => {
  const [of, id = ''] = group.split(':')
  return {
    ...typed,
    kind,
    secret: kind === 'dingtalk' ? secret.trim() : '',
    name: typed.name.trim(),
    url: typed.url.trim(),
    role: of === 'role' ? (id as Schemas['Role']) : null,
    department_id: of === 'department' ? id : null,
  }
}

function useSave(robot: Robot | undefined, typed: Typed, onClose: () => void) {
  const { t } = useTranslation()
  return useAct<void, Robot>({
    run: (_, key) =>
      robot
        ? body(
            client.PUT('/api/notices/robots/{id}', {
              params: { path: { id: robot.id }, header: ifMatch(robot.version) },
              body: sentOf(typed),
            }),
          )
        : body(
            client.POST('/api/notices/robots', { body: sentOf(typed), headers: idempotent(key) }),
          ),
    changes: { outside: '*' },
    done: t('telling.saved'),
    onDone: onClose,
  })
}

export function RobotDialog(p: { robot?: Robot; hosts: string[]; onClose: () => void }) {
  const { t } = useTranslation()
  const groups = useGroups()
  const [typed, setTyped] = useState(() => typedOf(p.robot))
  const put = (more: Partial<Typed>) => setTyped((before) => ({ ...before, ...more }))
  const save = useSave(p.robot, typed, p.onClose)
  const missing = !typed.name.trim() || !typed.group || (!p.robot && !typed.url.trim())
  return (
    <Dialog
      title={t(p.robot ? 'telling.robot.change_which' : 'telling.robot.add', {
        name: p.robot?.name,
      })}
      confirm={t('telling.save')}
      busy={save.isPending}
      refusal={missing ? t('telling.robot.missing') : null}
      onConfirm={() => save.mutate()}
      onClose={p.onClose}
    >
      <Field label={t('telling.robot.kind')}>
        {({ id }) => (
          <Radio.Group
            id={id}
            value={typed.kind}
            onChange={({ target }) => put({ kind: target.value })}
            options={KINDS.map((value) => ({ value, label: t(`telling.robot.kinds.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('telling.robot.name')} required hint={t('telling.robot.name_hint')}>
        {(ids) => (
          <Input
            {...ids}
            maxLength={60}
            value={typed.name}
            onChange={({ target }) => put({ name: target.value })}
          />
        )}
      </Field>
      <Field label={t('telling.robot.group')} required hint={t('telling.robot.group_hint')}>
        {({ id }) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            value={typed.group || null}
            onChange={(group: string) => put({ group })}
            options={groups}
          />
        )}
      </Field>
      <Address {...p} typed={typed} put={put} />
    </Dialog>
  )
}

/** Where the robot is, and with what it signs; neither is ever shown again. */
function Address(p: {
  robot?: Robot
  hosts: string[]
  typed: Typed
  put: (more: Partial<Typed>) => void
}) {
  const { t } = useTranslation()
  const { typed, put } = p
  return (
    <>
      <Field
        label={t('telling.robot.url')}
        required={!p.robot}
        hint={t(p.robot ? 'telling.robot.url_kept' : 'telling.robot.url_hint', {
          hosts: p.hosts.join(t('telling.robot.or')),
        })}
      >
        {(ids) => (
          <Input
            {...ids}
            maxLength={500}
            placeholder={p.robot ? `https://${p.robot.host}/…` : ''}
            value={typed.url}
            onChange={({ target }) => put({ url: target.value })}
          />
        )}
      </Field>
      {typed.kind === 'dingtalk' && (
        <Field
          label={t('telling.robot.secret')}
          hint={t(p.robot?.signed ? 'telling.robot.secret_kept' : 'telling.robot.secret_hint')}
        >
          {(ids) => (
            <Input.Password
              {...ids}
              autoComplete="off"
              maxLength={200}
              value={typed.secret}
              onChange={({ target }) => put({ secret: target.value })}
            />
          )}
        </Field>
      )}
    </>
  )
}
