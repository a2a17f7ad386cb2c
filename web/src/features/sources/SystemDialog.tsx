/** Enters or changes the hospital's system. Its password can be written and never read. */
import { Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { type System, type SystemKind, type Typed, useSaveSystem } from './queries'
import css from './sources.module.css'

const KINDS: readonly SystemKind[] = ['views', 'fhir']
const VIEWS = ['patient', 'admission', 'allergy', 'vitals', 'tests', 'orders'] as const
const NUMBERS = ['admission', 'outpatient', 'mrn'] as const

const typedOf = (system: System | null): Typed => ({
  kind: system?.kind ?? 'views',
  name: system?.name ?? '',
  address: system?.address ?? '',
  account: system?.account ?? '',
  secret: '',
  mapping: system?.mapping ?? {},
})

/** Only what is filled in, and fits the kind. */
const mappingOf = ({ kind, mapping }: Typed): Typed['mapping'] =>
  Object.fromEntries(
    Object.entries(mapping)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(
        ([name, value]) => value && VIEWS.some((view) => view === name) === (kind === 'views'),
      ),
  )

type Put = (more: Partial<Typed>) => void

export function SystemDialog({ system, onClose }: { system: System | null; onClose: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(() => typedOf(system))
  const put: Put = (more) => setTyped((before) => ({ ...before, ...more }))
  const save = useSaveSystem(system, onClose)
  const same =
    typed.kind === system?.kind &&
    typed.address.trim() === system.address &&
    typed.account.trim() === system.account
  const again = Boolean(system?.has_secret) && !same && !typed.secret
  const empty = !typed.name.trim() || !typed.address.trim()
  const refusal = again
    ? t('admin_problem.source_secret_again')
    : empty
      ? t('systems.needed')
      : null
  return (
    <Dialog
      title={t(system ? 'systems.change' : 'systems.connect')}
      confirm={t('systems.save')}
      busy={save.isPending}
      refusal={refusal}
      onConfirm={() => save.mutate({ ...typed, mapping: mappingOf(typed) })}
      onClose={onClose}
    >
      <div className={css.form}>
        <Radio.Group
          aria-label={t('systems.kind_label')}
          value={typed.kind}
          onChange={({ target }) => put({ kind: target.value as SystemKind })}
          options={KINDS.map((value) => ({ value, label: t(`systems.kind.${value}`) }))}
        />
        <Line
          name="name"
          typed={typed}
          put={put}
          most={40}
          required
          hint={t('systems.name_hint')}
        />
        <Line
          name="address"
          typed={typed}
          put={put}
          most={500}
          required
          hint={t(`systems.address_hint.${typed.kind}`)}
        />
        <Line
          name="account"
          typed={typed}
          put={put}
          most={100}
          hint={t(`systems.account_hint.${typed.kind}`)}
        />
        <Field
          label={t('systems.secret')}
          hint={t(system?.has_secret ? 'systems.secret_kept' : 'systems.secret_hint')}
        >
          {(ids) => (
            <Input.Password
              {...ids}
              autoComplete="new-password"
              visibilityToggle={false}
              maxLength={500}
              value={typed.secret}
              onChange={({ target }) => put({ secret: target.value })}
            />
          )}
        </Field>
        <Mapping typed={typed} put={put} />
      </div>
    </Dialog>
  )
}

type LineProps = {
  name: 'name' | 'address' | 'account'
  typed: Typed
  put: Put
  most: number
  hint: string
  required?: boolean
}

function Line({ name, typed, put, most, hint, required = false }: LineProps) {
  const { t } = useTranslation()
  return (
    <Field label={t(`systems.${name}`)} hint={hint} required={required}>
      {(ids) => (
        <Input
          {...ids}
          autoComplete="off"
          maxLength={most}
          value={typed[name]}
          onChange={({ target }) => put({ [name]: target.value })}
        />
      )}
    </Field>
  )
}

function Mapping({ typed, put }: { typed: Typed; put: Put }) {
  const { t } = useTranslation()
  const set = (name: string, value: string) => put({ mapping: { ...typed.mapping, [name]: value } })
  return (
    <details className={css.mapping}>
      <summary>
        {t('systems.mapping')}{' '}
        <span className="secondary">{t(`systems.mapping_hint.${typed.kind}`)}</span>
      </summary>
      <div className={css.names}>
        {typed.kind === 'views' ? (
          VIEWS.map((view) => (
            <Field key={view} label={t('systems.view', { part: t(`systems.part.${view}`) })}>
              {(ids) => (
                <Input
                  {...ids}
                  placeholder={`telemed_${view}`}
                  maxLength={400}
                  value={typed.mapping[view] ?? ''}
                  onChange={({ target }) => set(view, target.value)}
                />
              )}
            </Field>
          ))
        ) : (
          <>
            <Field label={t('systems.number_system')}>
              {(ids) => (
                <Input
                  {...ids}
                  maxLength={200}
                  value={typed.mapping.number_system ?? ''}
                  onChange={({ target }) => set('number_system', target.value)}
                />
              )}
            </Field>
            <Field label={t('systems.number_kind')}>
              {({ id }) => (
                <Select
                  id={id}
                  value={typed.mapping.number_kind ?? 'admission'}
                  onChange={(value) => set('number_kind', value)}
                  options={NUMBERS.map((value) => ({
                    value,
                    label: t(`systems.number_kinds.${value}`),
                  }))}
                />
              )}
            </Field>
          </>
        )}
      </div>
    </details>
  )
}
