/** What is recorded of a consent: who gives it, for what, and what its kind needs. */
import { Button, Checkbox, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openTab } from '../../api/atDevice'
import { body, client, ifMatch, type Schemas } from '../../api/client'
import { closing } from '../../kit/closing'
import { Field } from '../../kit/Field'
import { useAct } from '../../kit/useAct'
import { useFocusBack } from '../../kit/useFocusBack'
import { useConsentReason } from './consentReason'
import papers from './papers.module.css'
import css from './requests.module.css'

type Consent = Schemas['ConsentRecord']
export type Typed = Required<Schemas['ConsentIn']>
const KINDS = ['patient', 'relative', 'telephone', 'emergency'] as const
const SCOPES = ['consult', 'imaging', 'recording', 'teaching'] as const
const LINE = 200
const WORDS = 1000

/** Completes what a consent lacks; of every activity alike. */
export const completed = (consent: Consent, typed: Typed): Promise<Consent> =>
  body(
    client.PUT('/api/consents/{id}', {
      params: { path: { id: consent.id }, header: ifMatch(consent.version) },
      body: typed,
    }),
  )

const EMPTY: Typed = {
  kind: 'patient',
  scopes: ['consult', 'imaging'],
  given_by: '',
  relation: '',
  reason: '',
  attempts: '',
  witnesses: [],
  file_id: null,
}

function typedOf(consent: Consent | null): Typed {
  if (!consent) return EMPTY
  const { kind, scopes, given_by, relation, reason, attempts, witnesses } = consent
  return { kind, scopes, given_by, relation, reason, attempts, witnesses, file_id: null }
}

type Props = {
  consent: Consent | null
  kinds?: readonly Typed['kind'][]
  /** `key`: the Idempotency-Key of this click. */
  save: (typed: Typed, key: string) => Promise<Consent>
  formOf: (id: string) => string
  onSaved: () => void
  onClose: () => void
}

export function ConsentDialog({ consent, kinds = KINDS, ...p }: Props) {
  const { t } = useTranslation()
  const { onClose } = p
  useFocusBack()
  const [typed, setTyped] = useState(() => typedOf(consent))
  const put = (more: Partial<Typed>) => setTyped((before) => ({ ...before, ...more }))
  const save = useAct({
    run: async (print: Window | null, key: string) => {
      const kept = await p.save(typed, key)
      if (print) print.location.href = p.formOf(kept.id)
    },
    done: t('requests.consent.saved'),
    onDone: () => {
      onClose()
      p.onSaved()
    },
  })
  /** Opens the window during the click, because later a browser would block it. */
  const saveAndPrint = () => {
    if (save.isRunning(null)) return
    const print = openTab('')
    save.mutate(print, { onError: () => print?.close() })
  }
  return (
    <Modal
      open
      title={consent ? consent.number : t('requests.consent.add')}
      onCancel={closing(onClose)}
      destroyOnHidden
      footer={
        <>
          <Button onClick={onClose}>{t('state.cancel')}</Button>
          <Button loading={save.isPending} onClick={() => save.mutate(null)}>
            {t('requests.consent.save')}
          </Button>
          <Button type="primary" loading={save.isPending} onClick={saveAndPrint}>
            {t('requests.consent.save_print')}
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        <fieldset className={papers.set}>
          <legend>{t('requests.consent.kind')}</legend>
          <Radio.Group
            vertical
            value={typed.kind}
            options={kinds.map((value) => ({ value, label: t(`requests.consent.kinds.${value}`) }))}
            onChange={(event) => put({ kind: event.target.value as Typed['kind'] })}
          />
        </fieldset>
        <Scopes typed={typed} put={put} />
        <KindFields typed={typed} put={put} />
      </div>
    </Modal>
  )
}

type FieldsProps = { typed: Typed; put: (more: Partial<Typed>) => void }

function Scopes({ typed, put }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <fieldset className={papers.set}>
      <legend>{t('requests.consent.scopes')}</legend>
      {SCOPES.map((scope) => (
        <Checkbox
          key={scope}
          checked={typed.scopes.includes(scope)}
          onChange={({ target }) =>
            put({
              scopes: SCOPES.filter((each) =>
                each === scope ? target.checked : typed.scopes.includes(each),
              ),
            })
          }
        >
          {t(`requests.consent.scope.${scope}`)}{' '}
          <span className="secondary small">{t(`requests.consent.scope_note.${scope}`)}</span>
        </Checkbox>
      ))}
    </fieldset>
  )
}

function KindFields({ typed, put }: FieldsProps) {
  const { t } = useTranslation()
  const { kind } = typed
  const reasonWords = useConsentReason()
  const line = (name: 'given_by' | 'relation') => (
    <Field key={name} label={t(`requests.consent.${name}`)} required>
      {(ids) => (
        <Input
          {...ids}
          maxLength={LINE}
          value={typed[name]}
          onChange={(event) => put({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  const words = (name: 'reason' | 'attempts', label: string) => (
    <Field key={name} label={label} required>
      {(ids) => (
        <Input.TextArea
          {...ids}
          autoSize={{ minRows: 2 }}
          maxLength={WORDS}
          value={name === 'reason' ? reasonWords(typed.reason) : typed.attempts}
          onChange={(event) => put({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  if (kind === 'patient') return null
  if (kind === 'emergency')
    return (
      <>
        {words('reason', t('requests.consent.reason_emergency'))}
        {words('attempts', t('requests.consent.attempts'))}
      </>
    )
  return (
    <>
      <div className={css.two}>
        {line('given_by')}
        {line('relation')}
      </div>
      {kind === 'relative' ? (
        words('reason', t('requests.consent.reason'))
      ) : (
        <div className={css.two}>
          {[0, 1].map((i) => (
            <Field key={i} label={t('requests.consent.witness', { n: String(i + 1) })} required>
              {(ids) => (
                <Input
                  {...ids}
                  maxLength={LINE}
                  value={typed.witnesses[i] ?? ''}
                  onChange={(event) =>
                    put({
                      witnesses: [0, 1].map((each) =>
                        each === i ? event.target.value : (typed.witnesses[each] ?? ''),
                      ),
                    })
                  }
                />
              )}
            </Field>
          ))}
        </div>
      )}
    </>
  )
}
