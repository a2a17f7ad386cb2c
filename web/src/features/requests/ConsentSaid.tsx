/** A consent's kind, scopes, signer, and what it still lacks. */
import { CheckOutlined, WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { wordOr } from '../../consultation/view'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'
import papers from './papers.module.css'
import css from './requests.module.css'

type Consent = Schemas['ConsentRecord']
const TICKS = ['consult', 'imaging', 'recording', 'teaching'] as const

/** Its signed page cannot be had, and has not come after all. */
export const givenUp = ({ unobtainable_at, file_id }: Consent) =>
  unobtainable_at !== null && !file_id

export function ConsentSaid({ consent, id }: { consent: Consent; id?: string }) {
  const { t, i18n } = useTranslation()
  const { named } = usePeopleWords()
  const { moment } = useFormat()
  const approver = named({
    name: consent.approved_by_name,
    name_en: consent.approved_by_name_en,
  })
  const fine = consent.state === 'in_force'
  const lacking = consent.lacking.map((field) =>
    wordOr(t, (key) => i18n.exists(key), `requests.consent.field.${field}`, field),
  )
  const covers = consent.scopes.includes('consult') && consent.scopes.includes('imaging')
  const scopes = TICKS.filter((each) => consent.scopes.includes(each)).map((each) =>
    t(`requests.consent.scope.${each}`),
  )
  const separator = i18n.language === 'en' ? ', ' : '、'
  return (
    <div className={papers.paper} {...(id && !fine ? { id } : {})}>
      {fine ? (
        <CheckOutlined aria-hidden className={`${css.whole} ${papers.mark}`} />
      ) : (
        <WarningOutlined aria-hidden className={`${css.lacks} ${papers.mark}`} />
      )}
      <span>
        <b>{t(`requests.consent.kinds.${consent.kind}`)}</b>{' '}
        <span className={fine ? css.whole : css.lacks}>
          {t(`requests.consent.state.${consent.state}`)}
        </span>
        <span className={`secondary small ${papers.under}`}>
          {consent.number} · {scopes.join(separator)} · {moment(consent.at)}
          {consent.paper_due && ` · ${t('requests.consent.paper_due')}`}
          {consent.file_id && ` · ${t('requests.consent.filed')}`}
          {consent.approved_at &&
            ` · ${t('requests.consent.approved', { name: approver, at: moment(consent.approved_at) })}`}
          {consent.withdrawn_reason && ` · ${consent.withdrawn_reason}`}
        </span>
        {givenUp(consent) && <GivenUp consent={consent} />}
        {lacking.length > 0 && (consent.state === 'incomplete' || consent.approved_at) && (
          <span className={`small ${css.lacks} ${papers.under}`}>
            {t('requests.consent.lacking', { fields: lacking.join(separator) })}
          </span>
        )}
        {!covers && (
          <span className={`small ${css.lacks} ${papers.under}`}>
            {t('requests.consent.scopes_missing')}
          </span>
        )}
      </span>
    </div>
  )
}

function GivenUp({ consent }: { consent: Consent }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { moment } = useFormat()
  return (
    <span className={`secondary small ${papers.under}`}>
      {t('requests.consent.given_up', {
        why: t(`acts.no_paper_reasons.${consent.unobtainable_code ?? 'other'}`),
        reason: consent.unobtainable_reason ?? '',
        name: named({
          name: consent.unobtainable_by_name,
          name_en: consent.unobtainable_by_name_en,
        }),
        at: moment(consent.unobtainable_at ?? consent.at),
      })}
    </span>
  )
}
