/** The stands of experts beside the lead, and the buttons to co-sign or dissent. */

import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import { useLeads } from '../../consultation/leads'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { usePeopleWords } from '../../kit/people'
import { useAct } from '../../kit/useAct'
import { declineStand, type Opinion, opinionKey, takeStand } from './queries'
import css from './read.module.css'

type Kind = Schemas['StandIn']['kind']
type Read = { id: string; version: number; number: number }

/** `read`: the version on the screen, which is co-signed; null if there is none. */
export function Stands({
  consultationId,
  opinion,
  stands,
  read,
}: {
  consultationId: string
  opinion: Opinion
  stands: Schemas['StandOut'][]
  read: Read | null
}) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { dateTime } = useFormat()
  const { actor } = useSession()
  // Keep the version that was read when the button was pressed, because the text may change behind the dialog.
  const [asked, setAsked] = useState<{ kind: Kind; read: Read } | null>(null)
  const decline = useAct({
    run: () => declineStand(consultationId),
    changes: { opinion: consultationId },
    done: t('opinions.stand.declined'),
  })
  const mine = stands.find(({ staff_id, lapsed }) => staff_id === actor.id && !lapsed)
  const open = opinion.may.stand && read
  if (stands.length === 0 && !open) return null
  return (
    <section className={css.stands} aria-label={t('opinions.stand.title')}>
      {stands.map((one) => (
        <p key={one.staff_id}>
          <b>{named(one)}</b> {t(`opinions.pages.kind.${one.kind}`)}{' '}
          <span className="secondary small">{dateTime(one.at)}</span>
          {one.earlier && (
            <span className={css.lapsed}>
              {' '}
              {t(one.lapsed ? 'opinions.stand.lapsed' : 'opinions.stand.earlier')}
            </span>
          )}
          {one.words && <span className={css.said}>{one.words}</span>}
        </p>
      ))}
      {open && (
        <div className={css.foot}>
          {mine?.kind !== 'co_signed' && (
            <Button type="primary" onClick={() => setAsked({ kind: 'co_signed', read: open })}>
              {t('opinions.stand.co_sign')}
            </Button>
          )}
          <Button onClick={() => setAsked({ kind: 'dissented', read: open })}>
            {t(mine?.kind === 'dissented' ? 'opinions.stand.again' : 'opinions.stand.dissent')}
          </Button>
          {opinion.reminded && (
            <Button type="text" loading={decline.isPending} onClick={() => decline.mutate()}>
              {t('opinions.stand.decline')}
            </Button>
          )}
        </div>
      )}
      {asked && (
        <StandDialog
          consultationId={consultationId}
          mdt={opinion.mdt !== null}
          kind={asked.kind}
          read={asked.read}
          before={asked.kind === 'dissented' && mine?.kind === 'dissented' ? mine : undefined}
          changed={read?.id !== asked.read.id || read.version !== asked.read.version}
          late={opinion.draft === null}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}

type DialogProps = {
  consultationId: string
  mdt: boolean
  kind: Kind
  read: Read
  before: Schemas['StandOut'] | undefined // the own dissent that this one replaces
  changed: boolean // the text on the page is no longer the one that was read
  late: boolean
  onClose: () => void
}

function StandDialog({
  consultationId,
  mdt,
  kind,
  read,
  before,
  changed,
  late,
  onClose,
}: DialogProps) {
  const { t } = useTranslation()
  const leads = useLeads({ mdt })
  const queries = useQueryClient()
  const dissent = kind === 'dissented'
  const [words, setWords] = useState(before?.words ?? '')
  const [password, setPassword] = useState('')
  const take = useAct({
    run: async () => {
      await takeStand(consultationId, {
        opinion_id: read.id,
        version: read.version,
        kind,
        words: words.trim(),
        password,
      })
      await queries.refetchQueries({ queryKey: opinionKey(consultationId) })
    },
    changes: { opinion: consultationId },
    done: t(`opinions.stand.done.${kind}`),
    onDone: onClose,
  })
  const lacks = changed ? 'changed' : lacking()
  const n = { n: String(read.number) }

  function lacking() {
    if (dissent && !words.trim()) return 'words_missing'
    if (before && !before.earlier && words.trim() === before.words) return 'same_words'
    return password ? null : 'password_missing'
  }

  return (
    <Dialog
      title={t(`opinions.stand.${before ? 'again' : dissent ? 'dissent' : 'co_sign'}_title`, n)}
      confirm={t(`opinions.stand.${before ? 'again' : dissent ? 'dissent' : 'co_sign'}`)}
      busy={take.isPending}
      refusal={lacks && t(`opinions.stand.${lacks}`)}
      onConfirm={() => take.mutate()}
      onClose={onClose}
    >
      <p>{t(`opinions.stand.${late ? 'late' : 'early'}.${kind}`, leads)}</p>
      <Field
        label={t(dissent ? 'opinions.reservations' : 'opinions.stand.words')}
        required={dissent}
      >
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={3}
            maxLength={2000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('opinions.sign.password_label')} required>
        {(ids) => (
          <Input.Password
            {...ids}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <p className="secondary small">{t('opinions.sign.password_note')}</p>
    </Dialog>
  )
}
