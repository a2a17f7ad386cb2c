/** What is done to the people who were ticked: one-time passwords, shown once. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { Printed } from '../../kit/Printed'
import { save } from '../../kit/save'
import own from './picked.module.css'
import { useIssue } from './queries'
import css from './staff.module.css'
import { tableFile } from './tableFile'

type Slips = Schemas['Slips']
const COLUMNS = ['name', 'number', 'department', 'username', 'password'] as const

export function Picked({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [slips, setSlips] = useState<Slips | null>(null)
  const issue = useIssue((issued) => {
    setAsking(false)
    setSlips(issued)
    onDone()
  })
  const n = String(ids.length)
  return (
    <>
      {ids.length > 0 && (
        <div className={own.picked} role="status">
          <b>{t('staff.picked', { n })}</b>
          <Button type="primary" onClick={() => setAsking(true)}>
            {t('staff.issue')}
          </Button>
          <Button onClick={onDone}>{t('staff.unpick')}</Button>
        </div>
      )}
      {asking && (
        <Dialog
          title={t('staff.issue_ask', { n })}
          confirm={t('staff.issue')}
          busy={issue.isPending}
          onConfirm={() => issue.mutate(ids)}
          onClose={() => setAsking(false)}
        >
          <p>{t('staff.issue_note')}</p>
        </Dialog>
      )}
      {slips && <Handed slips={slips} onClose={() => setSlips(null)} />}
    </>
  )
}

function Handed({ slips, onClose }: { slips: Slips; onClose: () => void }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const heads = COLUMNS.map((name) => t(`staff.slip.${name}`))
  const keep = () => {
    const rows = slips.items.map((slip) => [...COLUMNS.map((name) => slip[name]), location.origin])
    const lines = [[...heads, t('staff.slip.address')], ...rows]
    save(new Blob([tableFile(lines)], { type: 'text/csv' }), `${t('staff.slips')}.csv`)
  }
  return (
    <Dialog title={t('staff.slips')} onClose={onClose}>
      <p>{t('staff.slips_note', { until: dateTime(slips.valid_until) })}</p>
      <table className={own.slips}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {slips.items.map((slip) => (
            <tr key={slip.id}>
              {COLUMNS.map((name) => (
                <td key={name}>{slip[name]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Printed>
        {slips.items.map((slip) => (
          <PrintedSlip key={slip.id} slip={slip} until={dateTime(slips.valid_until)} />
        ))}
      </Printed>
      <div className={css.foot}>
        <Button onClick={() => window.print()}>{t('staff.slips_print')}</Button>
        <Button onClick={keep}>{t('staff.slips_file')}</Button>
        <Button type="primary" onClick={onClose}>
          {t('staff.slips_close')}
        </Button>
      </div>
    </Dialog>
  )
}

/** One person's, to be cut off: with where and how to sign in. */
function PrintedSlip({ slip, until }: { slip: Slips['items'][number]; until: string }) {
  const { t } = useTranslation()
  return (
    <section className={own.printed}>
      <p>
        <b>{slip.name}</b> {t('staff.number_of', { number: slip.number })} {slip.department}
      </p>
      <p>{t('staff.slip_how', { address: location.origin, until })}</p>
      <p>
        {t('staff.slip.username')} <code>{slip.username}</code>
        {t('staff.between')}
        {t('staff.slip.password')} <code>{slip.password}</code>
      </p>
    </section>
  )
}
