/** 知情同意: record, print and file consents of the four kinds. */
import { CheckOutlined, PrinterOutlined, WarningOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import { useRole } from '../../api/session'
import { wordOr } from '../../consultation/view'
import { useFormat } from '../../i18n/format'
import { PickFile } from '../../kit/PickFile'
import { usePeopleWords } from '../../kit/people'
import { ApproveButton } from './Approve'
import { ConsentDialog } from './ConsentDialog'
import { useDraft } from './draft'
import { NoPaperDialog } from './NoPaperDialog'
import { Part } from './Part'
import papers from './papers.module.css'
import { formUrl } from './queries'
import css from './requests.module.css'
import { SendingList } from './SendingList'
import { fieldId } from './sections'
import { useFiles } from './useFiles'
import { WithdrawDialog } from './WithdrawDialog'

type Consent = Schemas['ConsentRecord']
const TICKS = ['consult', 'imaging', 'recording', 'teaching'] as const

/** Its signed page cannot be had, and has not come after all. */
const givenUp = ({ unobtainable_at, file_id }: Consent) => unobtainable_at !== null && !file_id
const stands = ({ state }: Consent) => state !== 'withdrawn' && state !== 'outdated'

export function ConsentPart() {
  const { t } = useTranslation()
  const { row } = useDraft()
  const [editing, setEditing] = useState<Consent | 'new' | null>(null)
  const standing = row.consents.filter(stands)
  const gone = row.consents.filter((one) => !stands(one))
  return (
    <Part
      section="consent"
      note={t('requests.consent.note')}
      extra={
        standing.length > 0 &&
        row.papers_open && (
          <Button size="small" type="link" onClick={() => setEditing('new')}>
            {t('requests.consent.another')}
          </Button>
        )
      }
    >
      <div className={css.stack}>
        {standing.length === 0 && (
          <Button
            id={fieldId('consent')}
            disabled={!row.patient || !row.may_take_consent}
            icon={<PrinterOutlined aria-hidden />}
            onClick={() => setEditing('new')}
          >
            {t('requests.consent.add')}
          </Button>
        )}
        <ul className={papers.papers}>
          {[...standing, ...gone].map((consent) => (
            <Row key={consent.id} consent={consent} onEdit={() => setEditing(consent)} />
          ))}
        </ul>
      </div>
      {editing && (
        <ConsentDialog
          consent={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Part>
  )
}

function Row({ consent, onEdit }: { consent: Consent; onEdit: () => void }) {
  const { refresh } = useDraft()
  const [asking, setAsking] = useState<'withdraw' | 'no_paper' | null>(null)
  const { sending, add, again, drop } = useFiles('consent', async (file) => {
    await body(
      client.POST('/api/consents/{id}/paper', {
        params: { path: { id: consent.id } },
        body: { file_id: file.id },
      }),
    )
    await refresh()
  })
  return (
    <li>
      <What consent={consent} />
      {stands(consent) && (
        <Acts
          consent={consent}
          onEdit={onEdit}
          onFile={(files) => add(files.slice(0, 1))}
          onAsk={setAsking}
        />
      )}
      <SendingList sending={sending} onAgain={again} onDrop={drop} />
      {asking === 'withdraw' && (
        <WithdrawDialog consent={consent} onClose={() => setAsking(null)} />
      )}
      {asking === 'no_paper' && <NoPaperDialog consent={consent} onClose={() => setAsking(null)} />}
    </li>
  )
}

/** A consent's kind, scopes, signer, and what it still lacks. */
function What({ consent }: { consent: Consent }) {
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
    <div className={papers.paper} {...(fine ? {} : { id: fieldId('consent') })}>
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

type ActsProps = {
  consent: Consent
  onEdit: () => void
  onFile: (files: File[]) => void
  onAsk: (what: 'withdraw' | 'no_paper') => void
}

function Acts({ consent, onEdit, onFile, onAsk }: ActsProps) {
  const { t } = useTranslation()
  const { row } = useDraft()
  const lacks = consent.lacking.length > 0
  const authorised = useRole('reviewer', 'duty_officer')
  const mayWithdraw = authorised || row.papers_open
  const due = consent.paper_due || consent.state === 'paper'
  const mayCome = givenUp(consent) && row.state !== 'archived'
  const submitted = row.state !== 'draft'
  return (
    <div className={papers.acts}>
      <ApproveButton consent={consent} />
      {!consent.file_id && (
        <Button
          size="small"
          icon={<PrinterOutlined aria-hidden />}
          href={formUrl(consent.id)}
          target="_blank"
        >
          {t('requests.consent.print')}
        </Button>
      )}
      {(lacks
        ? row.consents_open
        : !consent.file_id && row.papers_open && !consent.approved_at) && (
        <Button size="small" onClick={onEdit}>
          {t('requests.consent.edit')}
        </Button>
      )}
      {(row.papers_open || (row.filing_open && (due || mayCome))) && (
        <PickFile size="small" type={consent.file_id ? 'text' : 'default'} onPick={onFile}>
          {consent.file_id ? t('requests.consent.file_again') : t('requests.consent.file')}
        </PickFile>
      )}
      {authorised && row.filing_open && submitted && consent.paper_due && (
        <Button size="small" type="text" onClick={() => onAsk('no_paper')}>
          {t('requests.consent.no_paper')}
        </Button>
      )}
      {mayWithdraw && (
        <Button size="small" type="text" onClick={() => onAsk('withdraw')}>
          {t('requests.consent.withdraw')}
        </Button>
      )}
    </div>
  )
}
