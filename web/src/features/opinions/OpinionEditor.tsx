/** The editor of an opinion, beside the video or on its own page: saves automatically, and leads to the signature. */

import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { useLeads } from '../../consultation/leads'
import { consultationQuery } from '../../consultation/queries'
import { useSaving, useView } from '../../kit/draft/useDraft'
import { Notice } from '../../kit/Notice'
import { NotOrder } from '../../kit/NotOrder'
import { usePeopleWords } from '../../kit/people'
import { SaveState, type Saving } from '../../kit/SaveState'
import { WritingSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import { whole } from './content'
import { contentOf, type OpinionDraft, useOpinionDraft } from './draft'
import { Lacks } from './Lacks'
import { Sections } from './mdt'
import { NewerPacket } from './NewerPacket'
import { OpinionFields } from './OpinionFields'
import { OpinionRead } from './OpinionRead'
import { openPrint } from './openPrint'
import css from './opinions.module.css'
import { type DraftOut, dropAmendment, type Opinion, opinionQuery, printOf } from './queries'
import { SignDialog } from './SignDialog'
import { SignedOpinion } from './SignedOpinion'
import { Stands } from './Stands'
import { OwnFormer, TakeOver } from './TakeOver'
import { Decisions, LeftOfSigned } from './Unsent'

/** The editor, or the signed opinion for people who do not write it. */
export function OpinionEditor({ consultationId }: { consultationId: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(opinionQuery(consultationId))
  const draft = useOpinionDraft(consultationId)
  const leads = useLeads({ mdt: Boolean(data?.mdt) })
  if (draft) return <Editor id={consultationId} draft={draft} />
  const latest = data?.signed[0]
  const reads = data?.may.stand || data?.may.take_over
  return (
    <div className={css.editor}>
      <div className={css.head}>
        <h2>{t('opinions.title')}</h2>
      </div>
      <div className={css.scroll}>
        {!data && <WritingSkeleton />}
        {latest && <LeftOfSigned key={latest.id} id={consultationId} signed={latest} />}
        {data && <TakeOver id={consultationId} opinion={data} />}
        {data && <OwnFormer opinion={data} />}
        {data && data.signed.length > 0 && <SignedOpinion id={consultationId} opinion={data} />}
        {data?.mdt && <SectionsOf id={consultationId} mdt={data.mdt} />}
        {data?.draft?.id && data.may.stand && (
          <>
            <p className="secondary small">
              {t('opinions.draft', { n: String(data.draft.number) })} ·{' '}
              {t('opinions.written_by', leads)}
            </p>
            <NewerPacket id={consultationId} opinion={data} />
            <OpinionRead content={whole(data.draft.content)} owners={{}} />
            <Stands
              consultationId={consultationId}
              opinion={data}
              stands={data.stands}
              read={{ ...data.draft, id: data.draft.id }}
            />
          </>
        )}
        {data && data.signed.length === 0 && !(data.draft?.id && reads) && (
          <Notice>
            {t('opinions.nothing_yet')} {t('opinions.written_by', leads)}
          </Notice>
        )}
      </div>
    </div>
  )
}

function SectionsOf(props: { id: string; mdt: NonNullable<Opinion['mdt']> }) {
  return (
    <Suspense fallback={<WritingSkeleton />}>
      <Sections {...props} />
    </Suspense>
  )
}

type HeadProps = { id: string; draft: DraftOut; saving: Saving; opinion: Opinion | undefined }

/** The head: which draft, whether it is saved, and dropping an amendment. */
function Head({ id, draft, saving, opinion }: HeadProps) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const from = opinion?.former.find((each) => each.number === draft.number && each.continued)
  const drop = useAct({ run: () => dropAmendment(id), changes: { opinion: id } })
  const amending = draft.replaces != null
  return (
    <div className={css.head}>
      <h2>{t('opinions.title')}</h2>
      <span className="secondary small">
        {amending
          ? t('opinions.amending', { n: String(draft.number), was: String(draft.replaces) })
          : t('opinions.draft', { n: String(draft.number) })}
      </span>
      {from && (
        <span className="secondary small">
          {t('opinions.former.from', {
            who: named({ name: from.author, name_en: from.author_en }),
          })}
        </span>
      )}
      <span className="push">
        <SaveState saving={saving} />
      </span>
      {amending && (
        <p className="secondary small">
          {t('opinions.amend_reason', { reason: draft.amendment_reason ?? '' })}{' '}
          <Button type="link" size="small" onClick={() => drop.mutate()} loading={drop.isPending}>
            {t('opinions.signed.drop')}
          </Button>
        </p>
      )}
    </div>
  )
}

type AboveProps = { id: string; opinion: Opinion | undefined; draft: OpinionDraft }

/** Notices above the fields; always visible. */
function Above({ id, opinion, draft }: AboveProps) {
  if (!opinion?.draft?.id) return null
  return (
    <div className={css.above}>
      <NewerPacket id={id} opinion={opinion} draft={draft} />
    </div>
  )
}

function Editor({ id, draft }: { id: string; draft: OpinionDraft }) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { doc } = useView(draft)
  const { data } = useQuery(opinionQuery(id))
  const { data: consultation } = useQuery(consultationQuery(id))
  const saving = useSaving(draft)
  const [tried, setTried] = useState(false)
  const [signing, setSigning] = useState(false)
  const print = useAct({
    run: async () => {
      await draft.settled()
      openPrint(await printOf(id, null))
    },
  })
  const finish = useAct({
    run: () => draft.settled(),
    onDone: () => {
      setTried(true)
      if (draft.server.missing.length === 0) setSigning(true)
    },
    changes: { opinion: id },
  })
  const missing = tried ? doc.missing : []
  const records = data?.mdt?.recorder_id === actor.id
  const amending = doc.replaces != null
  return (
    <div className={css.editor}>
      <Head id={id} draft={doc} saving={saving} opinion={data} />
      <Above id={id} opinion={data} draft={draft} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={css.scroll} tabIndex={0}>
        <Decisions id={id} draft={draft} />
        {data?.mdt && <SectionsOf id={id} mdt={data.mdt} />}
        <OpinionFields draft={draft} consultation={consultation} missing={missing} />
      </div>
      <div className={css.foot}>
        {data && <Stands consultationId={id} opinion={data} stands={data.stands} read={null} />}
        {missing.length > 0 && <Lacks missing={missing} content={contentOf(draft)} />}
        {data && !data.may.sign && !amending && data.state !== 'answering' && (
          <p className="secondary small">{t('opinions.after_session')}</p>
        )}
        {!records && (
          <div className={css.buttons}>
            <Button
              type="primary"
              disabled={!data || (data.state !== 'answering' && !amending)}
              loading={finish.isPending}
              onClick={() => finish.mutate()}
            >
              {t('opinions.finish')}
            </Button>
            <Button loading={print.isPending} onClick={() => print.mutate()}>
              {t('opinions.preview_print')}
            </Button>
          </div>
        )}
        <NotOrder />
      </div>
      {signing && data && consultation && (
        <SignDialog
          consultation={consultation}
          number={doc.number}
          rests={{ on: doc.packet_version, newest: data.newer_packet?.version ?? null }}
          draft={draft}
          onClose={() => setSigning(false)}
        />
      )}
    </div>
  )
}
