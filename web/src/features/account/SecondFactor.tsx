/** 两步验证: my second factor; whatever changes it asks for the password first. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { body, client } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { Enrolment, type Proposed } from '../../kit/Enrolment'
import { Field } from '../../kit/Field'
import { Notice } from '../../kit/Notice'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { useProblemText } from '../../kit/problemText'
import { RecoveryCodes } from '../../kit/RecoveryCodes'
import { useAct } from '../../kit/useAct'
import css from './account.module.css'

type Factor = Schemas['SecondFactorOut']
type Act = 'enrol' | 'replace' | 'renew' | 'remove'
const FEW = 3

export function SecondFactor({ factor }: { factor: Factor }) {
  const { t } = useTranslation()
  const { date, moment } = useFormat()
  const [act, setAct] = useState<Act | null>(null)
  const few = factor.since !== null && factor.codes_left <= FEW
  return (
    <Panel title={t('myAccount.factor')} note={t('myAccount.factor_note')}>
      {factor.since ? (
        <p>
          <Pill tone="done">{t('myAccount.factor_since', { date: date(factor.since) })}</Pill>{' '}
          <span className="secondary">
            {t('myAccount.codes_left', { count: factor.codes_left })}
          </span>
        </p>
      ) : (
        <p>{t('myAccount.factor_off')}</p>
      )}
      {factor.reset_at && (
        <Notice>
          {t('myAccount.factor_reset', {
            by: factor.reset_by || t('myAccount.at_the_server'),
            at: moment(factor.reset_at),
          })}
        </Notice>
      )}
      {few && <Notice>{t('myAccount.codes_few')}</Notice>}
      {factor.needed && <p className="secondary">{t('myAccount.factor_needed')}</p>}
      <div className={css.acts}>
        {actsOf(factor).map((each) => (
          <Button
            key={each}
            type={each === 'enrol' ? 'primary' : 'default'}
            onClick={() => setAct(each)}
          >
            {t(`myAccount.${each}`)}
          </Button>
        ))}
      </div>
      {act && <Acting act={act} onClose={() => setAct(null)} />}
    </Panel>
  )
}

const actsOf = (factor: Factor): Act[] => {
  if (!factor.since) return ['enrol']
  return factor.needed ? ['replace', 'renew'] : ['replace', 'renew', 'remove']
}

/** The password first; then what was asked for. */
function Acting({ act, onClose }: { act: Act; onClose: () => void }) {
  const { t } = useTranslation()
  const [proposed, setProposed] = useState<Proposed | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const finish = useAct({
    run: async () => onClose(),
    changes: { account: '*' },
    done: act === 'renew' ? '' : t(act === 'remove' ? 'myAccount.removed' : 'myAccount.enrolled'),
  })
  const title = t(`myAccount.prove_as.${act}`)
  if (proposed)
    return (
      <Dialog title={title} onClose={onClose}>
        <Enrolment
          begin={async () => proposed}
          confirm={async (code) =>
            (await body(client.PUT('/api/account/second-factor', { body: { code } }))).codes
          }
          onDone={() => finish.mutate()}
          onEnded={onClose}
        />
      </Dialog>
    )
  if (codes)
    return (
      <Dialog title={title} onClose={() => finish.mutate()}>
        <RecoveryCodes codes={codes} onDone={() => finish.mutate()} />
      </Dialog>
    )
  return (
    <Prove
      act={act}
      title={title}
      onClose={onClose}
      onProved={(found) => {
        if (!found) finish.mutate()
        else if ('codes' in found) setCodes(found.codes)
        else setProposed(found)
      }}
    />
  )
}

type Found = Proposed | { codes: string[] } | undefined

const ask = (act: Act, current: string): Promise<Found> => {
  const given = { body: { current } }
  if (act === 'renew') return body(client.POST('/api/account/second-factor/recovery-codes', given))
  if (act === 'remove') return body(client.POST('/api/account/second-factor/removal', given))
  return body(client.POST('/api/account/second-factor', given))
}

type ProveProps = {
  act: Act
  title: string
  onClose: () => void
  onProved: (found: Found) => void
}

function Prove({ act, title, onClose, onProved }: ProveProps) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [current, setCurrent] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const prove = useAct<void, Found>({
    run: () => ask(act, current),
    onDone: onProved,
    onProblem: (problem) => {
      if (![403, 409, 429].includes(problem.status)) return false
      setWrong(problemText(problem))
      return true
    },
  })
  const send = () => (current ? prove.mutate() : setWrong(t('myAccount.current_needed')))
  return (
    <Dialog
      title={title}
      confirm={t('myAccount.go')}
      danger={act === 'remove'}
      busy={prove.isPending}
      onConfirm={send}
      onClose={onClose}
    >
      <Field label={t('myAccount.current')} hint={t('myAccount.prove')} error={wrong}>
        {(ids) => (
          <Input.Password
            {...ids}
            autoFocus
            autoComplete="current-password"
            maxLength={200}
            value={current}
            onChange={({ target }) => {
              setCurrent(target.value)
              setWrong(null)
            }}
            onPressEnter={send}
          />
        )}
      </Field>
    </Dialog>
  )
}
