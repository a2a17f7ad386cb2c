/** The opinion while it is written, beside the video or on its page: saves by itself, ends in the signature. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { consultationQuery } from '../../consultation/queries'
import { Notice } from '../../kit/Notice'
import { NotOrder } from '../../kit/NotOrder'
import { useProblemText } from '../../kit/problemText'
import { SaveState, type Saving } from '../../kit/SaveState'
import { WritingSkeleton } from '../../kit/Skeletons'
import type { Keeper } from '../../kit/unsent/keeper'
import { useAct } from '../../kit/useAct'
import { whole } from './content'
import type { Desk, DeskState } from './desk'
import { Lacks } from './Lacks'
import { NewerPacket } from './NewerPacket'
import { OpinionFields } from './OpinionFields'
import { OpinionRead } from './OpinionRead'
import { openPrint } from './openPrint'
import css from './opinions.module.css'
import { dropAmendment, type Opinion, opinionQuery, printOf } from './queries'
import { SignDialog } from './SignDialog'
import { SignedOpinion } from './SignedOpinion'
import { Stands } from './Stands'
import { LeftOfSigned, Unsent } from './Unsent'
import { useDesk, useDeskState } from './useDesk'

/** Fills its container; where this person does not write, it shows what is signed. */
export function OpinionEditor({ consultationId }: { consultationId: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(opinionQuery(consultationId))
  const taken = useDesk(consultationId)
  if (taken) return <Editor id={consultationId} {...taken} />
  const latest = data?.signed[0]
  return (
    <div className={css.editor}>
      <div className={css.head}>
        <h2>{t('opinions.title')}</h2>
      </div>
      <div className={css.scroll}>
        {!data && <WritingSkeleton />}
        {latest && <LeftOfSigned key={latest.id} id={consultationId} signed={latest} />}
        {data && data.signed.length > 0 && <SignedOpinion id={consultationId} opinion={data} />}
        {data?.draft?.id && data.may.stand && (
          <>
            <p className="secondary small">
              {t('opinions.draft', { n: String(data.draft.number) })} · {t('opinions.written_by')}
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
        {data && data.signed.length === 0 && !(data.draft?.id && data.may.stand) && (
          <Notice>
            {t('opinions.nothing_yet')} {t('opinions.written_by')}
          </Notice>
        )}
      </div>
    </div>
  )
}

function useSaving(state: DeskState, keeper: Keeper): Saving {
  const { t } = useTranslation()
  const text = useProblemText()
  const kept = useSyncExternalStore(keeper.subscribe, keeper.kept)
  if (state.saving === 'offline') {
    const passing = t(kept ? 'opinions.unsaved_kept' : 'opinions.unsaved')
    return { state: 'unsaved', why: state.refusal ? text(state.refusal) : passing }
  }
  if (state.saving === 'saved') return { state: 'saved', at: state.savedAt }
  return { state: 'saving' }
}

type HeadProps = { id: string; draft: Opinion['draft'] | undefined; saving: Saving }

/** Which draft it is, whether it is saved, and the way back from an amendment. */
function Head({ id, draft, saving }: HeadProps) {
  const { t } = useTranslation()
  const drop = useAct({ run: () => dropAmendment(id), changes: { opinion: id } })
  const amending = draft?.replaces != null
  return (
    <div className={css.head}>
      <h2>{t('opinions.title')}</h2>
      <span className="secondary small">
        {amending
          ? t('opinions.amending', { n: String(draft.number), was: String(draft.replaces) })
          : t('opinions.draft', { n: String(draft?.number ?? 1) })}
      </span>
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

function Editor({ id, desk, keeper }: { id: string; desk: Desk; keeper: Keeper }) {
  const { t } = useTranslation()
  const state = useDeskState(desk)
  const { data } = useQuery(opinionQuery(id))
  const { data: consultation } = useQuery(consultationQuery(id))
  const saving = useSaving(state, keeper)
  const [tried, setTried] = useState(false)
  const [signing, setSigning] = useState(false)
  const print = useAct({
    run: async () => {
      await desk.flush()
      openPrint(await printOf(id, null))
    },
  })
  const finish = useAct({
    run: () => desk.flush(),
    onDone: () => {
      setTried(true)
      if (desk.state.missing.length === 0) setSigning(true)
    },
    changes: { opinion: id },
  })
  const draft = data?.draft
  const missing = tried ? state.missing : []
  const amending = draft?.replaces != null
  return (
    <div className={css.editor}>
      <Head id={id} draft={draft} saving={saving} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={css.scroll} tabIndex={0}>
        <Unsent id={id} desk={desk} keeper={keeper} />
        {data?.draft?.id && <NewerPacket id={id} opinion={data} desk={desk} />}
        {state.theirs && (
          <Notice tone="urgent">
            <span className={css.conflict}>
              {t('opinions.elsewhere')}
              <Button size="small" onClick={() => desk.resolve('mine')}>
                {t('opinions.keep_mine')}
              </Button>
              <Button size="small" onClick={() => desk.resolve('theirs')}>
                {t('opinions.take_theirs')}
              </Button>
            </span>
          </Notice>
        )}
        <OpinionFields desk={desk} consultation={consultation} missing={missing} />
      </div>
      <div className={css.foot}>
        {data && <Stands consultationId={id} opinion={data} stands={data.stands} read={null} />}
        {missing.length > 0 && <Lacks missing={missing} content={state.content} />}
        {data && !data.may.sign && !amending && data.state !== 'answering' && (
          <p className="secondary small">{t('opinions.after_session')}</p>
        )}
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
        <NotOrder />
      </div>
      {signing && data && consultation && (
        <SignDialog
          consultation={consultation}
          number={draft?.number ?? 1}
          rests={{ on: draft?.packet_version ?? 0, newest: data.newer_packet?.version ?? null }}
          desk={desk}
          onClose={() => setSigning(false)}
        />
      )}
    </div>
  )
}
