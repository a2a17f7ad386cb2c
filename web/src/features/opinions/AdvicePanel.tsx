/** Advice after the signature: answered by the requesting doctor, executed by a branch doctor, then closed. */

import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Changes } from '../../api/stale'
import { useFormat } from '../../i18n/format'
import { Countdown } from '../../kit/Countdown'
import { NotOrder } from '../../kit/NotOrder'
import { Pill } from '../../kit/Pill'
import { usePeopleWords } from '../../kit/people'
import { useAct } from '../../kit/useAct'
import {
  acknowledge,
  closeConsultation,
  type Given,
  lacksReason,
  preset,
  REPLIES,
  unanswered,
} from './advice'
import { useDueWords } from './OpinionRead'
import { OrderActs } from './OrderActs'
import type { Advice, Opinion } from './queries'
import css from './read.module.css'

export function AdvicePanel({ opinion }: { opinion: Opinion }) {
  const { t } = useTranslation()
  const [given, setGiven] = useState<Record<string, Given>>({})
  const waiting = unanswered(opinion)
  const answering = opinion.may.answer
  const of = (id: string) => given[id] ?? preset()
  const changes = { opinion: opinion.consultation_id }
  const send = useAct({
    run: () => acknowledge(opinion, of),
    changes,
    done: t('opinions.reply.done'),
  })
  const close = useAct({
    run: () => closeConsultation(opinion),
    changes,
    done: t('opinions.close.done'),
  })
  const allAdopted = waiting.every(({ id }) => of(id).reply === 'adopted')
  const lacking = waiting.some(({ id }) => lacksReason(of(id)))
  return (
    <div>
      <ol>
        {opinion.advice.map((advice) => (
          <li key={advice.id} className={css.advice}>
            <Head advice={advice} />
            {answering && advice.reply === null ? (
              <Answer
                n={String(advice.n)}
                given={of(advice.id)}
                onChange={(part) =>
                  setGiven({ ...given, [advice.id]: { ...of(advice.id), ...part } })
                }
              />
            ) : (
              <Became advice={advice} mayExecute={opinion.may.execute} changes={changes} />
            )}
          </li>
        ))}
      </ol>
      {answering && opinion.advice.length === 0 && (
        <p className="secondary">{t('opinions.reply.none')}</p>
      )}
      <div className={css.foot}>
        {answering && (
          <Button
            type="primary"
            disabled={lacking}
            loading={send.isPending}
            onClick={() => send.mutate()}
          >
            {t(allAdopted && waiting.length > 0 ? 'opinions.reply.do_all' : 'opinions.reply.do')}
          </Button>
        )}
        {!answering && opinion.state === 'signed' && (
          <span className="secondary">{t('opinions.reply.waiting')}</span>
        )}
        {opinion.may.close && (
          <>
            <Button type="primary" loading={close.isPending} onClick={() => close.mutate()}>
              {t('opinions.close.do')}
            </Button>
            <span className="secondary small">{t('opinions.close.hint')}</span>
          </>
        )}
      </div>
      <NotOrder />
    </div>
  )
}

function Head({ advice }: { advice: Advice }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const due = useDueWords()
  return (
    <div className={css.adviceHead}>
      <b>{advice.n}</b>
      <span>{advice.text}</span>
      <span className="secondary small">
        {t(`opinions.kind.${advice.kind}`)} ·{' '}
        {named({ name: advice.owner, name_en: advice.owner_en })} · {due(advice.due, advice.due_at)}
      </span>
    </div>
  )
}

type AnswerProps = { n: string; given: Given; onChange: (part: Partial<Given>) => void }

function Answer({ n, given, onChange }: AnswerProps) {
  const { t } = useTranslation()
  return (
    <div className={css.answer}>
      <Segmented
        size="small"
        aria-label={t('opinions.reply.label', { n })}
        value={given.reply}
        options={REPLIES.map((value) => ({ value, label: t(`opinions.reply.${value}`) }))}
        onChange={(reply) => onChange({ reply })}
      />
      {given.reply !== 'adopted' && (
        <Input
          size="small"
          aria-label={t('opinions.reply.reason', { n })}
          placeholder={t('opinions.reply.reason_hint')}
          maxLength={500}
          status={lacksReason(given) ? 'error' : ''}
          value={given.reason}
          onChange={(event) => onChange({ reason: event.target.value })}
        />
      )}
    </div>
  )
}

const TONES = { open: 'urgent', executed: 'done', declined: 'quiet' } as const

type BecameProps = { advice: Advice; mayExecute: boolean; changes: Changes }

function Became({ advice, mayExecute, changes }: BecameProps) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { named } = usePeopleWords()
  if (advice.reply === null) return null
  const { execution } = advice
  return (
    <div className={css.answer}>
      <span className="small">
        <b>{t(`opinions.reply.${advice.reply}`)}</b>
        {advice.reply_reason && (
          <span className="secondary">
            {t('state.after_colon')}
            {advice.reply_reason}
          </span>
        )}
      </span>
      {execution && <Pill tone={TONES[execution]}>{t(`opinions.order.${execution}`)}</Pill>}
      {execution === 'open' && advice.execute_due_at && (
        <Countdown
          due={advice.execute_due_at}
          {...(advice.replied_at ? { since: advice.replied_at } : {})}
        />
      )}
      {execution === 'executed' && (
        <span className="secondary small">
          {t('opinions.order.line', {
            at: advice.ordered_at ? moment(advice.ordered_at) : '',
            number: advice.order_number,
            by: named({ name: advice.ordered_by, name_en: advice.ordered_by_en }),
          })}
        </span>
      )}
      {execution === 'declined' && <span className="secondary small">{advice.decline_reason}</span>}
      {execution === 'open' && mayExecute && <OrderActs advice={advice} changes={changes} />}
    </div>
  )
}
