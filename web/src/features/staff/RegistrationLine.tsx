/** A registration with its end, the sessions booked after it, and renewing it. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Pill } from '../../kit/Pill'
import css from './credentials.module.css'
import type { RegistrationRow } from './queries'
import { RegistrationFile } from './RegistrationFile'
import { RegistrationForm, renewing } from './RegistrationForm'
import { useStaffWords, useStandings } from './words'

const SHOWN = 5

/** `mine`: one's own, which others renew. */
export function RegistrationLine({ row, mine }: { row: RegistrationRow; mine: boolean }) {
  const { t } = useTranslation()
  const words = useStaffWords()
  const [entering, setEntering] = useState(false)
  const { tone, text, class_ } = useStandings()(row)
  const where = words.hospital(row.hospital_id)
  return (
    <div className={css.item}>
      <span>
        <b>{mine ? where : words.named(row)}</b>
        <br />
        <span className="secondary small">
          {mine ? row.number : `${words.hospital(row.home)} → ${where}`}
        </span>
      </span>
      <span>
        <span className={class_}>
          {t('staff.period', { from: row.valid_from, until: row.valid_until })}
        </span>{' '}
        <Pill tone={tone}>{tone === 'done' ? t('staff.valid') : text}</Pill>
        {tone !== 'done' && <Touched row={row} where={where} />}
        <br />
        <RegistrationFile staffId={row.staff_id} registration={row} mayChange={!mine} />
      </span>
      {!mine && !entering && (
        <span className={css.buttons}>
          <Button
            aria-label={`${t('staff.renew')} ${words.named(row)} ${where}`}
            onClick={() => setEntering(true)}
          >
            {t('staff.renew')}
          </Button>
        </span>
      )}
      {entering && (
        <div className={css.whole}>
          <RegistrationForm
            staffId={row.staff_id}
            begun={renewing(row)}
            branches={[row.hospital_id]}
            onClose={() => setEntering(false)}
          />
        </div>
      )}
    </div>
  )
}

function Touched({ row, where }: { row: RegistrationRow; where: string }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const n = row.sessions.length
  const named = row.sessions
    .slice(0, SHOWN)
    .map(({ number, starts_at }) => `${number} ${moment(starts_at)}`)
  return (
    <>
      <br />
      <span className="secondary small">
        {t('staff.after_end', { date: row.valid_until, hospital: where })}
        {n > 0 && `${t('staff.touched', { n: String(n) })}${t('state.after_colon')}`}
        {named.join(t('state.comma'))}
        {n > SHOWN && '…'}
      </span>
    </>
  )
}
