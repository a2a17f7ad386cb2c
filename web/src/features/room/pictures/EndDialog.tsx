/** Ending asks one thing: what becomes of the opinion (web.md). */

import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { body, client, ifMatch } from '../../../api/client'
import { useLeads } from '../../../consultation/leads'
import type { Consultation } from '../../../consultation/view'
import { Dialog } from '../../../kit/Dialog'
import { useAct } from '../../../kit/useAct'
import { paths } from '../../../paths'
import { useMine } from '../visit/useMine'
import css from './sheet.module.css'

type Choice = 'sign_now' | 'later' | 'written' | 'end'

const C = '/api/consultations/{id}'

/** Written mode follows an interruption: what the talk did not finish, the letter does. */
async function finish({ id, version, state }: Consultation, choice: Choice, reason: string) {
  const params = (from: number) => ({ path: { id }, header: ifMatch(from) })
  if (choice !== 'written') {
    await body(client.POST(`${C}/end`, { params: params(version) }))
    return
  }
  let now = version
  if (state === 'in_progress') {
    const stopped = client.POST(`${C}/interrupt`, { params: params(version), body: { reason } })
    now = (await body(stopped)).version
  }
  await body(client.POST(`${C}/written`, { params: params(now), body: { reason } }))
}

export function EndDialog({
  consultation: c,
  onClose,
}: {
  consultation: Consultation
  onClose: () => void
}) {
  const { t } = useTranslation()
  const leads = useLeads(c)
  const navigate = useNavigate()
  const { lead } = useMine(c)
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const end = useAct<Choice, Choice>({
    run: async (choice) => {
      await finish(c, choice, reason.trim())
      return choice
    },
    changes: { consultation: c.id },
    onDone: (choice) => {
      onClose()
      if (choice === 'sign_now' || choice === 'written') void navigate(paths.opinion(c.id))
      if (choice === 'later') void navigate(paths.home())
    },
  })
  if (!lead)
    return (
      <Dialog
        title={t('room.end.title')}
        confirm={t('room.end.confirm')}
        danger
        busy={end.isPending}
        onConfirm={() => end.mutate('end')}
        onClose={onClose}
      >
        <p>{t('room.end.other_hint', leads)}</p>
      </Dialog>
    )
  return (
    <Dialog title={t('room.end.title')} onClose={onClose}>
      <p className="secondary">{t('room.end.question')}</p>
      <div className={css.choices}>
        <Button type="primary" loading={end.isPending} onClick={() => end.mutate('sign_now')}>
          {t('room.end.sign_now')}
          <small>{t('room.end.sign_now_hint')}</small>
        </Button>
        <Button disabled={end.isPending} onClick={() => end.mutate('later')}>
          {t('room.end.later')}
          <small>{t('room.end.later_hint')}</small>
        </Button>
        {!asking && (
          <Button disabled={end.isPending} onClick={() => setAsking(true)}>
            {t('room.end.written')}
            <small>{t('room.end.written_hint')}</small>
          </Button>
        )}
        {asking && (
          <Input.Search
            autoFocus
            aria-label={t('room.end.written_reason')}
            placeholder={t('room.end.written_reason')}
            enterButton={t('room.end.written')}
            loading={end.isPending}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            onSearch={(words) => words.trim() && end.mutate('written')}
          />
        )}
      </div>
    </Dialog>
  )
}
