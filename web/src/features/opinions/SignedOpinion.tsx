/** The signed opinion: its text, by whom and how, the record to download, and the way to an amendment. */
import { CopyOutlined, DownloadOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Notice } from '../../kit/Notice'
import { NotOrder } from '../../kit/NotOrder'
import { usePeopleWords } from '../../kit/people'
import { asNote, whole } from './content'
import { SignedSections } from './mdt'
import { NewerPacket } from './NewerPacket'
import { OpinionRead } from './OpinionRead'
import { Pages } from './Pages'
import { type Opinion, recordUrl } from './queries'
import { Recalled } from './Recalled'
import css from './read.module.css'
import { Stands } from './Stands'

const AmendDialog = lazy(() => import('./AmendDialog'))

type Signed = Opinion['signed'][number]

type Props = { id: string; opinion: Opinion; prints?: boolean }

export function SignedOpinion({ id, opinion, prints = true }: Props) {
  const { t } = useTranslation()
  const [latest, ...older] = opinion.signed
  const [amending, setAmending] = useState(false)
  if (!latest) return null
  return (
    <div className={css.stack}>
      <Recalled id={id} opinion={opinion} />
      {latest.format === 0 && <Notice tone="stat">{t('opinions.signed.damaged')}</Notice>}
      {!opinion.draft && <NewerPacket id={id} opinion={opinion} />}
      <SectionsOf signed={latest} />
      <OpinionRead content={whole(latest.content)} owners={latest.owners_en} />
      <NotOrder />
      <Stands
        consultationId={id}
        opinion={opinion}
        stands={latest.stands}
        read={opinion.draft ? null : latest}
      />
      <Foot
        signed={latest}
        prints={prints}
        mayAmend={opinion.may.amend}
        onAmend={() => setAmending(true)}
      />
      {older.length > 0 && (
        <details className={css.older}>
          <summary>{t('opinions.signed.older', { count: older.length })}</summary>
          {older.map((each, i) => (
            <div key={each.id} className={css.stack}>
              <p className="secondary small">
                {t('opinions.signed.replaced', {
                  n: String((i === 0 ? latest : older[i - 1])?.number ?? ''),
                })}
              </p>
              <SectionsOf signed={each} />
              <OpinionRead content={whole(each.content)} owners={each.owners_en} />
              <Foot signed={each} prints={prints} mayAmend={false} />
            </div>
          ))}
        </details>
      )}
      {amending && (
        <Suspense fallback={null}>
          <AmendDialog id={id} number={latest.number} onClose={() => setAmending(false)} />
        </Suspense>
      )}
    </div>
  )
}

/** Of an MDT the sections of its experts, before the consensus. */
function SectionsOf({ signed }: { signed: Signed }) {
  const { named } = usePeopleWords()
  if (!signed.mdt) return null
  return (
    <Suspense fallback={null}>
      <SignedSections
        mdt={signed.mdt}
        chair={named({ name: signed.signer, name_en: signed.signer_en })}
      />
    </Suspense>
  )
}

type FootProps = { signed: Signed; prints: boolean; mayAmend: boolean; onAmend?: () => void }

function Foot({ signed, prints, mayAmend, onAmend }: FootProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { named } = usePeopleWords()
  const { dateTime } = useFormat()
  const copy = async () => {
    const section = (name: 'advice' | 'medicines' | 'follow_up') => t(`opinions.${name}`)
    try {
      await navigator.clipboard.writeText(asNote(whole(signed.content), { section }))
      void message.success(t('opinions.signed.copied'))
    } catch {
      // Without https there is no clipboard, and the browser may refuse it.
      void message.error(t('opinions.signed.not_copied'), 6)
    }
  }
  return (
    <>
      <p className="small">
        <b>
          {t('opinions.signed.at', {
            n: String(signed.number),
            name: named({ name: signed.signer, name_en: signed.signer_en }),
            at: dateTime(signed.signed_at),
          })}
        </b>{' '}
        <span className="secondary">
          {t(
            signed.method === 'paper' ? 'opinions.signed.by_paper' : 'opinions.signed.by_password',
          )}
        </span>
        {signed.amendment_reason && (
          <>
            <br />
            {t('opinions.amend_reason', { reason: signed.amendment_reason })}
          </>
        )}
        <br />
        {t('opinions.sign.packet', { version: String(signed.packet_version) })}
      </p>
      <p className="secondary small">
        {t('opinions.signed.hash')} <span className={css.hash}>{signed.sha256}</span>
        {signed.format === 1 && ` · ${t('opinions.signed.old_format')}`}
      </p>
      <div className={css.foot}>
        {prints && (
          <Button
            href={recordUrl(signed.id)}
            icon={<DownloadOutlined aria-hidden />}
            aria-label={`${t('opinions.signed.download')} v${signed.number}`}
          >
            {t('opinions.signed.download')}
          </Button>
        )}
        <Button icon={<CopyOutlined aria-hidden />} onClick={() => void copy()}>
          {t('opinions.signed.copy')}
        </Button>
        {mayAmend && <Button onClick={onAmend}>{t('opinions.signed.amend')}</Button>}
        <a
          className="target"
          href={new URL(signed.verify_url).pathname}
          target="_blank"
          rel="noreferrer"
        >
          {t('opinions.signed.verify')}
        </a>
      </div>
      <Pages signed={signed} prints={prints} />
    </>
  )
}
