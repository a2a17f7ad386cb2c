/** Enters or changes the hospital's system. Its password can be written and never read. */
import { Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { useFieldErrors } from '../../kit/fieldErrors'
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

/** `names`: of the mapping, what is typed. */
type Put = (more: Partial<Typed>, ...names: string[]) => void
type Errors = Readonly<Record<string, string>>

export function SystemDialog({ system, onClose }: { system: System | null; onClose: () => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(() => typedOf(system))
  const { errors, refused, forget } = useFieldErrors()
  const put: Put = (more, ...names) => {
    setTyped((before) => ({ ...before, ...more }))
    forget([...Object.keys(more), ...names])
  }
  const save = useSaveSystem(system, onClose, refused)
  const same =
    typed.kind === system?.kind &&
    typed.address.trim() === system.address &&
    typed.account.trim() === system.account
  const again = Boolean(system?.has_secret) && !same && !typed.secret
  const empty = !typed.name.trim() || !typed.address.trim()
  const secretError = again ? t('admin_problem.source_secret_again') : errors.secret
  return (
    <Dialog
      title={t(system ? 'systems.change' : 'systems.connect')}
      confirm={t('systems.save')}
      busy={save.isPending}
      refusal={again || empty ? t(empty ? 'systems.needed' : 'systems.needed_secret') : null}
      onConfirm={() => save.mutate({ ...typed, mapping: mappingOf(typed) })}
      onClose={onClose}
    >
      <div className={css.form}>
        <Radio.Group
          aria-label={t('systems.kind_label')}
          value={typed.kind}
          onChange={({ target }) => put({ kind: target.value as SystemKind }, 'address')}
          options={KINDS.map((value) => ({ value, label: t(`systems.kind.${value}`) }))}
        />
        <Line
          name="name"
          typed={typed}
          errors={errors}
          put={put}
          most={40}
          required
          hint={t('systems.name_hint')}
        />
        <Line
          name="address"
          typed={typed}
          errors={errors}
          put={put}
          most={500}
          required
          hint={t(`systems.address_hint.${typed.kind}`)}
        />
        <Line
          name="account"
          typed={typed}
          errors={errors}
          put={put}
          most={100}
          hint={t(`systems.account_hint.${typed.kind}`)}
        />
        <Field
          label={t('systems.secret')}
          hint={t(system?.has_secret ? 'systems.secret_kept' : 'systems.secret_hint')}
          error={secretError ?? null}
        >
          {(ids) => (
            <Input.Password
              {...ids}
              status={secretError ? 'error' : ''}
              autoComplete="new-password"
              visibilityToggle={false}
              maxLength={500}
              value={typed.secret}
              onChange={({ target }) => put({ secret: target.value })}
            />
          )}
        </Field>
        <Mapping typed={typed} errors={errors} put={put} />
      </div>
    </Dialog>
  )
}

type LineProps = {
  name: 'name' | 'address' | 'account'
  typed: Typed
  errors: Errors
  put: Put
  most: number
  hint: string
  required?: boolean
}

function Line({ name, typed, errors, put, most, hint, required = false }: LineProps) {
  const { t } = useTranslation()
  return (
    <Field
      label={t(`systems.${name}`)}
      hint={hint}
      required={required}
      error={errors[name] ?? null}
    >
      {(ids) => (
        <Input
          {...ids}
          status={errors[name] ? 'error' : ''}
          autoComplete="off"
          maxLength={most}
          value={typed[name]}
          onChange={({ target }) => put({ [name]: target.value })}
        />
      )}
    </Field>
  )
}

type MappingProps = { typed: Typed; errors: Errors; put: Put }

/** Opens where one of its names was refused, and stays so while that is mended. */
function Mapping({ typed, errors, put }: MappingProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const set = (name: string, value: string) =>
    put({ mapping: { ...typed.mapping, [name]: value } }, name)
  const wrong = [...VIEWS, 'number_system'].some((name) => errors[name])
  return (
    <details
      className={css.mapping}
      open={open || wrong}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        {t('systems.mapping')}{' '}
        <span className="secondary">{t(`systems.mapping_hint.${typed.kind}`)}</span>
      </summary>
      <div className={css.names}>
        {typed.kind === 'views' ? (
          VIEWS.map((view) => (
            <Field
              key={view}
              label={t('systems.view', { part: t(`systems.part.${view}`) })}
              error={errors[view] ?? null}
            >
              {(ids) => (
                <Input
                  {...ids}
                  status={errors[view] ? 'error' : ''}
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
            <Field label={t('systems.number_system')} error={errors.number_system ?? null}>
              {(ids) => (
                <Input
                  {...ids}
                  status={errors.number_system ? 'error' : ''}
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
