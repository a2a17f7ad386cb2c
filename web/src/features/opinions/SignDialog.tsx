/** Preview with the identity, then the signature: the second and last click of signing. */
import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem, Schemas } from '../../api/client'
import { identityOf } from '../../consultation/view'
import { closing } from '../../kit/closing'
import { useView } from '../../kit/draft/useDraft'
import { usePatientWords } from '../../kit/patient'
import { useAct } from '../../kit/useAct'
import { useFocusBack } from '../../kit/useFocusBack'
import { contentOf, type OpinionDraft } from './draft'
import { OpinionRead } from './OpinionRead'
import { opinionKey, signDraft } from './queries'
import { type Proof, SignMethod } from './SignMethod'
import { AfterPart, ContentPart, IdentityPart, type Rests } from './SignParts'
import css from './sign.module.css'
import { useOwners } from './useOwners'

const NOTHING = { password: null, scan_id: null, sha256: null }

type Props = {
  consultation: Schemas['ConsultationOut']
  number: number
  rests: Rests
  draft: OpinionDraft
  onClose: () => void
}

export function SignDialog({ consultation, number, rests, draft, onClose }: Props) {
  const { t } = useTranslation()
  useFocusBack()
  const words = usePatientWords()
  const queries = useQueryClient()
  const { doc } = useView(draft)
  const content = contentOf(draft)
  const [refused, setRefused] = useState<Problem | null>(null)
  const n = { n: String(number) }
  const sign = useAct({
    run: async (proof: Proof) => {
      setRefused(null)
      // A key image may have been added meanwhile: save first, so that what is signed is what is shown.
      const { version } = draft.dirty ? await draft.settled() : doc
      await signDraft(consultation.id, version, { ...NOTHING, ...proof })
      // It is signed even if this cannot be read just now.
      await queries.refetchQueries({ queryKey: opinionKey(consultation.id) })
    },
    changes: { opinion: consultation.id },
    done: t('opinions.sign.done'),
    onDone: onClose,
    onProblem: (problem) => {
      // After a refusal that brings the page up to date this window may be gone: it is said above the page.
      const here = ![401, 409, 412].includes(problem.status)
      if (here) setRefused(problem)
      return here
    },
  })
  const owners = Object.fromEntries(useOwners(consultation).map((one) => [one.name, one.name_en]))
  const { patient } = consultation
  const identity = patient && identityOf(patient, consultation.content, (id) => id)
  return (
    <Modal
      open
      width="min(1180px, 96vw)"
      style={{ top: 24 }}
      title={t('opinions.sign.title', n)}
      footer={null}
      onCancel={closing(onClose)}
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
          <IdentityPart identity={identity} content={content} />
          <ContentPart rests={rests} content={content} />
          <SignMethod
            id={consultation.id}
            number={number}
            version={doc.version}
            busy={sign.isPending}
            refused={refused}
            onSign={sign.mutate}
          />
          <AfterPart consultation={consultation} />
        </div>
      </div>
    </Modal>
  )
}
