/** The own report of a branch's study: written by one radiologist at a time, signed, and then read. */
import { Button } from 'antd'
import { type RefObject, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { DraftNotices } from '../../kit/draft/DraftNotices'
import { useSaving, useView } from '../../kit/draft/useDraft'
import { Notice } from '../../kit/Notice'
import { usePeopleWords } from '../../kit/people'
import { SaveState } from '../../kit/SaveState'
import { useSendKey } from '../../kit/sendKey'
import { useAct } from '../../kit/useAct'
import {
  claimOwn,
  type OwnDraft,
  type OwnPage,
  type OwnReport,
  releaseOwn,
  signOwn,
  unsentOf,
  useOwnDraft,
} from './own'
import { ReportFields } from './ReportFields'
import { Title } from './ReportHead'
import css from './report.module.css'
import { PARTS } from './reportDraft'
import type { Caret } from './SlotText'
import { TemplateBar } from './TemplateBar'
import { useCaret } from './textDraft'
import { useBeat } from './useKeptClaim'
import { useSeen } from './useSeen'

/** `sharp`: whether all pictures on the screen have come, in their full quality. */
type Props = { page: OwnPage; caret: RefObject<Caret | null>; sharp: RefObject<boolean> }

export function OwnReportPanel({ page, caret, sharp }: Props) {
  const { t } = useTranslation()
  const draft = useOwnDraft(page)
  const uid = page.study.study_uid
  const { mine } = page
  useBeat(mine, () => claimOwn(uid))
  const changes = { 'own-report': uid }
  const claiming = useAct({ run: () => claimOwn(uid), changes })
  const writes = draft !== null && (mine || draft.dirty)
  return (
    <section className={css.report} aria-labelledby="report">
      {writes && <Write key={unsentOf(uid, draft.server)} {...{ page, caret, sharp, draft }} />}
      {!writes && <Read page={page} />}
      {!mine && (
        <div className={css.acts}>
          <Button
            type="primary"
            className={css.main ?? ''}
            loading={claiming.isPending}
            disabled={page.writer !== ''}
            onClick={() => claiming.mutate()}
          >
            {t(`reading.own.${page.draft ? 'go_on' : page.signed.length ? 'correct' : 'write'}`)}
          </Button>
        </div>
      )}
    </section>
  )
}

function Write({ page, draft, caret, sharp }: Props & { draft: OwnDraft }) {
  const { t } = useTranslation()
  const { doc } = useView(draft)
  const saving = useSaving(draft)
  const { mine, side } = page
  const uid = page.study.study_uid
  const changes = { 'own-report': uid }
  const signing = useAct({
    // What was typed last is saved first: exactly that is signed.
    run: async () => signOwn(uid, (await draft.settled()).version),
    changes,
    done: t('reading.own.done'),
  })
  const leaving = useAct({
    run: async () => {
      await draft.settled()
      return releaseOwn(uid)
    },
    changes,
    done: t('reading.own.left'),
  })
  const send = useRef(() => {})
  const sign = useSeen(sharp)(() => signing.mutate())
  send.current = () => page.may_sign && sign(undefined)
  useCaret(mine, draft, caret)
  useSendKey(mine, send)
  return (
    <>
      <Title name={t('reading.own.title')} side={mine && <SaveState saving={saving} />} />
      {!mine && <Notice tone="urgent">{t('reading.report.not_saved')}</Notice>}
      {doc.other_side && (
        <Notice tone="urgent">
          {t('reading.report.other_side', { side: t(`reading.side.${side}`) })}
        </Notice>
      )}
      <DraftNotices
        draft={draft}
        of={unsentOf(uid, doc)}
        name={(field) => t(`reading.report.${field as 'template' | (typeof PARTS)[number]}`)}
        text={(_, value) => String(value)}
      />
      {mine && <TemplateBar reading={page} draft={draft} caret={caret} />}
      <ReportFields
        of={doc}
        readOnly={!mine}
        onType={(part, text) => draft.set({ [part]: text })}
        onCaret={(at) => {
          caret.current = at
        }}
      />
      {mine && (
        <>
          {!page.may_sign && <p className="secondary small">{t('reading.own.senior_signs')}</p>}
          <div className={css.acts}>
            <Button loading={leaving.isPending} onClick={() => leaving.mutate()}>
              {t('reading.own.leave')}
            </Button>
            {page.may_sign && (
              <Button
                type="primary"
                className={css.main ?? ''}
                loading={signing.isPending}
                onClick={() => send.current()}
              >
                {t('reading.own.sign')} <kbd>Ctrl ⏎</kbd>
              </Button>
            )}
          </div>
        </>
      )}
    </>
  )
}

/** What stands, and who is writing. */
function Read({ page }: { page: OwnPage }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const [newest, ...earlier] = page.signed
  return (
    <>
      <Title name={t('reading.own.title')} />
      {page.writer && (
        <Notice tone="info">
          {t('reading.own.held', { who: named({ name: page.writer, name_en: page.writer_en }) })}
        </Notice>
      )}
      {newest ? <Signed of={newest} /> : <p className="secondary">{t('reading.own.none')}</p>}
      {earlier.length > 0 && (
        <details>
          <summary>{t('reading.branch_report.earlier', { count: earlier.length })}</summary>
          {earlier.map((each) => (
            <Signed key={each.number} of={each} />
          ))}
        </details>
      )}
    </>
  )
}

function Signed({ of }: { of: OwnReport }) {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const { named } = usePeopleWords()
  return (
    <>
      {PARTS.filter((part) => of[part]).map((part) => (
        <div key={part} className={css.part}>
          <h3>{t(`reading.report.${part}`)}</h3>
          <p>{of[part]}</p>
        </div>
      ))}
      <p className="secondary small">
        {of.author &&
          of.author !== of.signer &&
          `${t('reading.own.written_by', { who: named({ name: of.author, name_en: of.author_en }) })} · `}
        {of.signed_at &&
          t('reading.own.signed_by', {
            who: named({ name: of.signer, name_en: of.signer_en }),
            at: dateTime(of.signed_at),
          })}
        {of.number > 1 && ` · ${t('reading.branch_report.version', { number: String(of.number) })}`}
      </p>
    </>
  )
}
