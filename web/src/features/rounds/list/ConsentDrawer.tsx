/** 知情同意 of the stay of one patient on the list: recorded, printed, its signed page filed; then they are confirmed. */
import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, idempotent, type Schemas } from '../../../api/client'
import { queryClient } from '../../../api/queries'
import { useRole } from '../../../api/session'
import { changed } from '../../../api/stale'
import { Drawer } from '../../../kit/Drawer'
import { Loaded } from '../../../kit/Loaded'
import { Notice } from '../../../kit/Notice'
import { PickFile } from '../../../kit/PickFile'
import { usePatientWords } from '../../../kit/patient'
import { PanelSkeleton } from '../../../kit/Skeletons'
import { ConsentDialog, completed, type Typed } from '../../requests/ConsentDialog'
import { ConsentSaid } from '../../requests/ConsentSaid'
import { NoPaperDialog } from '../../requests/NoPaperDialog'
import papers from '../../requests/papers.module.css'
import form from '../../requests/requests.module.css'
import { SendingList } from '../../requests/SendingList'
import { useFiles } from '../../requests/useFiles'
import { WithdrawDialog } from '../../requests/WithdrawDialog'
import { consentsQuery, type Item, type Round, TAKES_LIST } from '../queries'
import css from '../rounds.module.css'
import { bringsOn, ConfirmButton } from './ItemDialogs'

type Consent = Schemas['ConsentRecord']
const inForce = ({ state }: Consent) => state === 'in_force'
type Of = { round: Round; item: Item }
/** Without `onEmergency` nobody is confirmed from here: a paper is owed, however the round went on. */
type Props = Of & { onEmergency?: () => void; onClose: () => void }

/** In an emergency one confirms with words instead. */
const KINDS = ['patient', 'relative', 'telephone'] as const
/** Who completes what one says, as `cases/rules.py` has it. */
const TAKING = [
  ...(['requesting_doctor', 'accompanying_physician', 'bed_doctor'] as const),
  ...(['senior_doctor', 'duty_doctor', 'duty_officer'] as const),
] as const
const formOf = (item: Item) => (id: string) => `/api/rounds/items/${item.id}/consents/${id}/form`

export default function ConsentDrawer({ round, item, onEmergency, onClose }: Props) {
  const { t } = useTranslation()
  const { brief } = usePatientWords()
  const name = item.patient ? brief(item.patient) : ''
  const confirms = onEmergency && bringsOn(item) !== undefined
  const { data } = useQuery(consentsQuery(round.id, item.id))
  const covered = data?.items.some(inForce)
  return (
    <Drawer
      open
      title={t('rounds.consents.title', { bed: item.bed, name })}
      onClose={onClose}
      foot={
        confirms && (
          <div className={css.foot}>
            {!covered && <Button onClick={onEmergency}>{t('rounds.item.emergency')}…</Button>}
            <ConfirmButton round={round} item={item} primary onDone={onClose} />
          </div>
        )
      }
    >
      <Loaded
        query={consentsQuery(round.id, item.id)}
        what={t('requests.consent.title')}
        skeleton={<PanelSkeleton rows={3} />}
      >
        {({ items }) => <Consents round={round} item={item} consents={items} />}
      </Loaded>
    </Drawer>
  )
}

function Consents({ round, item, consents }: Of & { consents: Consent[] }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<Consent | 'new' | null>(null)
  /** Whoever else keeps papers at the hospital takes no consent at the bed. */
  const takes = round.capacities.includes('doctor') && TAKES_LIST.has(round.state)
  const covered = consents.some(inForce)
  const consent = editing === 'new' ? null : editing
  const refresh = () => changed(queryClient, 'round', round.id)
  const save = (typed: Typed, key: string) =>
    consent
      ? completed(consent, typed)
      : body(
          client.POST('/api/rounds/items/{id}/consents', {
            params: { path: { id: item.id } },
            body: typed,
            headers: idempotent(key),
          }),
        )
  return (
    <div className={form.stack}>
      {consents.some((each) => each.paper_due) ? (
        <Notice tone="urgent">{t('rounds.consents.paper_due')}</Notice>
      ) : (
        <Notice tone={covered ? 'done' : 'info'}>
          {t(covered ? 'rounds.consents.covered' : 'rounds.consents.hint')}
        </Notice>
      )}
      <ul className={papers.papers} aria-label={t('requests.consent.title')}>
        {consents.map((each) => (
          <Row
            key={each.id}
            item={item}
            consent={each}
            onEdit={() => setEditing(each)}
            onChanged={refresh}
          />
        ))}
      </ul>
      {takes && (
        <div>
          <Button icon={<PrinterOutlined aria-hidden />} onClick={() => setEditing('new')}>
            {t(`requests.consent.${consents.length > 0 ? 'another' : 'add'}`)}
          </Button>
        </div>
      )}
      {editing && (
        <ConsentDialog
          consent={consent}
          kinds={KINDS}
          save={save}
          formOf={formOf(item)}
          onSaved={() => void refresh()}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  )
}

type RowProps = {
  item: Item
  consent: Consent
  onEdit: () => void
  onChanged: () => Promise<unknown>
}

function Row({ item, consent, onEdit, onChanged }: RowProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'withdraw' | 'no_paper' | null>(null)
  const authorised = useRole('reviewer', 'duty_officer')
  const completes = useRole(...TAKING)
  const { sending, add, again, drop } = useFiles('consent', async (file) => {
    await body(
      client.POST('/api/rounds/items/{id}/consents/{consent_id}/paper', {
        params: { path: { id: item.id, consent_id: consent.id } },
        body: { file_id: file.id },
      }),
    )
    await onChanged()
  })
  // One that was taken for a consultation is kept on its own page.
  const here = consent.activity === 'round'
  return (
    <li>
      <ConsentSaid consent={consent} />
      {here && (
        <div className={papers.acts}>
          {!consent.file_id && (
            <>
              <Button
                size="small"
                icon={<PrinterOutlined aria-hidden />}
                href={formOf(item)(consent.id)}
                target="_blank"
              >
                {t('requests.consent.print')}
              </Button>
              {completes && (
                <Button size="small" onClick={onEdit}>
                  {t('requests.consent.edit')}
                </Button>
              )}
            </>
          )}
          <PickFile
            size="small"
            type={consent.file_id ? 'text' : 'default'}
            onPick={(files) => add(files.slice(0, 1))}
          >
            {t(`requests.consent.${consent.file_id ? 'file_again' : 'file'}`)}
          </PickFile>
          {consent.paper_due && authorised && (
            <Button size="small" type="text" onClick={() => setAsking('no_paper')}>
              {t('requests.consent.no_paper')}…
            </Button>
          )}
          <Button size="small" type="text" onClick={() => setAsking('withdraw')}>
            {t('requests.consent.withdraw')}
          </Button>
        </div>
      )}
      <SendingList sending={sending} onAgain={again} onDrop={drop} />
      {asking === 'withdraw' && (
        <WithdrawDialog
          consent={consent}
          onDone={() => void onChanged()}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'no_paper' && (
        <NoPaper item={item} consent={consent} onDone={onChanged} onClose={() => setAsking(null)} />
      )}
    </li>
  )
}

type NoPaperProps = {
  item: Item
  consent: Consent
  onDone: () => Promise<unknown>
  onClose: () => void
}

function NoPaper({ item, consent, onDone, onClose }: NoPaperProps) {
  const path = { id: item.id, consent_id: consent.id }
  return (
    <NoPaperDialog
      consent={consent}
      send={(why) =>
        body(
          client.POST('/api/rounds/items/{id}/consents/{consent_id}/unobtainable', {
            params: { path },
            body: why,
          }),
        )
      }
      changes={{ work: '*' }}
      onDone={() => void onDone()}
      onClose={onClose}
    />
  )
}
