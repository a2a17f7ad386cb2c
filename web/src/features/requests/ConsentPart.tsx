/** 知情同意: record, print and file consents of the four kinds. */
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, idempotent, type Schemas } from '../../api/client'
import { useRole } from '../../api/session'
import { PickFile } from '../../kit/PickFile'
import { ApproveButton } from './Approve'
import { ConsentDialog, completed, type Typed } from './ConsentDialog'
import { ConsentSaid, givenUp } from './ConsentSaid'
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
        <Writing consent={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Part>
  )
}

function Writing({ consent, onClose }: { consent: Consent | null; onClose: () => void }) {
  const { row, refresh, flush } = useDraft()
  const [hub_id] = useState(row.hub_id) // as shown when it was opened: refused once another is asked
  const save = async (typed: Typed, key: string) => {
    await flush() // so that the form prints what was typed
    if (consent) return completed(consent, typed)
    return body(
      client.POST('/api/consultations/{id}/consents', {
        params: { path: { id: row.id } },
        body: { ...typed, hub_id },
        headers: idempotent(key),
      }),
    )
  }
  return (
    <ConsentDialog
      consent={consent}
      save={save}
      formOf={formUrl}
      onSaved={() => void refresh()}
      onClose={onClose}
    />
  )
}

function Row({ consent, onEdit }: { consent: Consent; onEdit: () => void }) {
  const { row, refresh } = useDraft()
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
      <ConsentSaid consent={consent} id={fieldId('consent')} />
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
        <WithdrawDialog
          consent={consent}
          onDone={() => void refresh()}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'no_paper' && (
        <NoPaperDialog
          consent={consent}
          send={(why) =>
            body(
              client.POST('/api/consents/{id}/unobtainable', {
                params: { path: { id: consent.id } },
                body: why,
              }),
            )
          }
          changes={{ consultation: row.id }}
          onDone={() => void refresh()}
          onClose={() => setAsking(null)}
        />
      )}
    </li>
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
