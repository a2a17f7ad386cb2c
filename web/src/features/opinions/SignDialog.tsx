/** Preview with the identity, then the signature: the second and last click of signing. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal, Radio } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem, Schemas } from '../../api/client'
import { useSession } from '../../api/session'
import { identityOf } from '../../consultation/view'
import { Pill } from '../../kit/Pill'
import { usePatientWords } from '../../kit/patient'
import { usePeopleWords } from '../../kit/people'
import { useProblemText } from '../../kit/problemText'
import { useAct } from '../../kit/useAct'
import { allRows } from './content'
import type { Desk } from './desk'
import { OpinionRead } from './OpinionRead'
import { PaperSign } from './PaperSign'
import { opinionKey, signDraft } from './queries'
import css from './sign.module.css'
import { useDeskState } from './useDesk'
import { useOwners } from './useOwners'

const NOTHING = { password: null, scan_id: null, sha256: null }

type Props = {
  consultation: Schemas['ConsultationOut']
  number: number
  desk: Desk
  onClose: () => void
}

export function SignDialog({ consultation, number, desk, onClose }: Props) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { named } = usePeopleWords()
  const words = usePatientWords()
  const queries = useQueryClient()
  const text = useProblemText()
  const state = useDeskState(desk)
  const { content } = state
  const [method, setMethod] = useState<'password' | 'paper'>('password')
  const [password, setPassword] = useState('')
  const [refused, setRefused] = useState<Problem | null>(null)
  const n = { n: String(number) }
  const sign = useAct({
    run: (proof: Partial<Schemas['Sign']> & Pick<Schemas['Sign'], 'method'>) =>
      signDraft(consultation.id, state.version, { ...NOTHING, ...proof }),
    changes: { opinion: consultation.id },
    done: t('opinions.sign.done'),
    onDone: (board) => {
      queries.setQueryData(opinionKey(consultation.id), board)
      onClose()
    },
    onProblem: (problem) => {
      setRefused(problem)
      return problem.status !== 401 && problem.status !== 0
    },
  })
  const byPassword = (event: FormEvent) => {
    event.preventDefault()
    if (password) sign.mutate({ method: 'password', password })
  }
  const rows = allRows(content)
  const owners = Object.fromEntries(useOwners(consultation).map((one) => [one.name, one.name_en]))
  const sides = [...new Set(content.key_images.flatMap(({ side }) => (side ? [side] : [])))]
  const { patient } = consultation
  const identity = patient && identityOf(patient, consultation.content, (id) => id)
  return (
    <Modal
      open
      width="min(1180px, 96vw)"
      style={{ top: 24 }}
      title={t('opinions.sign.title', n)}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      <div className={css.body}>
        <section className={css.paper} aria-label={t('opinions.sign.preview', n)}>
          {identity && (
            <p className={css.paperHead}>
              <b>{words.brief(identity)}</b>
              {identity.number && <span>{words.number(identity.number)}</span>}
              <span className="secondary push">{consultation.number}</span>
            </p>
          )}
          <OpinionRead content={content} owners={owners} />
        </section>
        <div className={css.side}>
          <section className={css.step}>
            <h3>
              <i aria-hidden>1</i>
              {t('opinions.sign.identity')}
            </h3>
            {identity && (
              <div className={css.identity}>
                <b>{words.name(identity)}</b>
                <b>{identity.number?.value ?? '—'}</b>
                <b>
                  {sides.length > 0
                    ? sides.map((side) => t(`opinions.side.${side}`)).join(' ')
                    : '—'}
                </b>
                <span className="secondary small">
                  {words.sex(identity.sex)} {words.age(identity)}
                </span>
                <span className="secondary small">
                  {words.allergy(identity.allergy, identity.allergy_text)}
                </span>
                <span className="secondary small">
                  {sides.length > 0 ? t('opinions.side_hint') : t('opinions.sign.no_sides')}
                </span>
              </div>
            )}
            <p className="secondary small">{t('opinions.sign.identity_note')}</p>
          </section>
          <section className={css.step}>
            <h3>
              <i aria-hidden>2</i>
              {t('opinions.sign.content')}
              <Pill tone="done">{t('opinions.sign.complete')}</Pill>
            </h3>
            <p>
              {rows.length > 0
                ? t('opinions.sign.rows', { count: rows.length })
                : t('opinions.sign.rows_none')}
              {' · '}
              {t('opinions.sign.images', { count: content.key_images.length })}
            </p>
            {consultation.packet_version > 0 && (
              <p className="secondary small">
                {t('opinions.sign.packet', { version: String(consultation.packet_version) })}
              </p>
            )}
          </section>
          <section className={css.step}>
            <h3>
              <i aria-hidden>3</i>
              {t('opinions.sign.method')}
              <span className="secondary small push">
                {t('opinions.sign.signer', { name: named(actor) })}
              </span>
            </h3>
            <Radio.Group
              className={css.methods ?? ''}
              aria-label={t('opinions.sign.method')}
              value={method}
              onChange={(event) => setMethod(event.target.value)}
            >
              <Radio value="password">
                <b>{t('opinions.sign.password')}</b>
                <small>{t('opinions.sign.password_note')}</small>
              </Radio>
              <Radio value="paper">
                <b>{t('opinions.sign.paper')}</b>
                <small>{t('opinions.sign.paper_note')}</small>
              </Radio>
            </Radio.Group>
            {method === 'password' ? (
              <form className={css.go} onSubmit={byPassword}>
                <Input.Password
                  autoFocus
                  autoComplete="current-password"
                  aria-label={t('opinions.sign.password_label')}
                  placeholder={t('opinions.sign.password_label')}
                  status={refused?.extra.reason === 'wrong_password' ? 'error' : ''}
                  value={password}
                  onChange={(event) => setPassword(event.target.value)}
                />
                <Button
                  type="primary"
                  htmlType="submit"
                  disabled={!password}
                  loading={sign.isPending}
                >
                  {t('opinions.sign.do', n)}
                </Button>
              </form>
            ) : (
              <PaperSign
                id={consultation.id}
                number={number}
                version={state.version}
                busy={sign.isPending}
                onSign={(scan_id, sha256) => sign.mutate({ method: 'paper', scan_id, sha256 })}
              />
            )}
            {refused && (
              <p className="late small" role="alert">
                {text(refused)}
              </p>
            )}
            <p className="secondary small">{t('opinions.sign.final')}</p>
          </section>
          <section className={css.step}>
            <h3>{t('opinions.sign.after')}</h3>
            <ul className={css.after}>
              {consultation.requester && (
                <li>{t('opinions.sign.next_sent', { name: named(consultation.requester) })}</li>
              )}
              <li>{t('opinions.sign.next_record')}</li>
              <li>{t('opinions.sign.next_amend')}</li>
            </ul>
          </section>
        </div>
      </div>
    </Modal>
  )
}
