/** What the branch owes of this case beside its steps, said to those who may do it. */
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../api/client'
import { Notice } from '../kit/Notice'
import { usePatientWords } from '../kit/patient'
import { paths } from '../paths'
import { usePerform } from './perform'
import { awaitsConsent } from './Redirected'
import type { Consultation } from './view'

const ActDialog = lazy(() => import('./ActDialog'))

type Owed = Schemas['ConsultationOut']['owed'][number]
type Props = { consultation: Consultation }

const KINDS = [
  'renew',
  'name_accompanying',
  'approve_consent',
  'upload',
  'consent',
] as const satisfies readonly Owed[]
type Kind = (typeof KINDS)[number]

/** Cancelling is offered in words only where it can be done. */
const wordOf = (kind: Kind, { actions }: Consultation) =>
  kind === 'renew' && !actions.includes('cancel') ? 'renew_only' : kind

/** Without it nothing goes on, or the hub sees nothing. */
const PRESSING: ReadonlySet<Kind> = new Set(['renew', 'name_accompanying', 'approve_consent'])

export function Owed({ consultation: c }: Props) {
  const { t } = useTranslation()
  // Of a redirected one its own notice says what it waits for.
  const said = KINDS.filter(
    (kind) => c.owed.includes(kind) && !(kind === 'renew' && awaitsConsent(c)),
  )
  return said.map((kind) => (
    <Notice
      key={kind}
      tone={PRESSING.has(kind) ? 'urgent' : 'info'}
      action={
        <>
          {kind === 'renew' && <ActButton act="cancel" consultation={c} />}
          {kind === 'name_accompanying' ? (
            <ActButton act="replace_accompanying" type="primary" consultation={c} />
          ) : (
            <Link to={kind === 'upload' ? paths.upload(c.id) : paths.request(c.id)}>
              <Button type={PRESSING.has(kind) ? 'primary' : 'default'}>
                {t(`consultation.owed_verb.${kind}`)}
              </Button>
            </Link>
          )}
        </>
      }
    >
      {t(`consultation.owed.${wordOf(kind, c)}`)}
    </Notice>
  ))
}

type ActProps = Props & { act: 'cancel' | 'replace_accompanying'; type?: 'primary' | 'default' }

/** Nothing if this person may not do it now. */
function ActButton({ act, type = 'default', consultation: c }: ActProps) {
  const { t } = useTranslation()
  const { brief } = usePatientWords()
  const [asking, setAsking] = useState(false)
  const perform = usePerform(c, () => setAsking(false))
  if (!c.actions.includes(act)) return null
  return (
    <>
      <Button type={type} onClick={() => setAsking(true)}>
        {t(`acts.verb.${act}`)}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <ActDialog
            act={act}
            consultation={c}
            who={c.patient ? brief(c.patient) : (c.number ?? '')}
            busy={perform.isPending}
            onDo={perform.mutate}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  )
}
