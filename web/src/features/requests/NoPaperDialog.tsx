/** Says that the signed page of a consent cannot be had, and why: nobody is asked for it any more. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import type { Changes } from '../../api/stale'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'

type Why = Schemas['NoPaperIn']
type Code = Why['code']
type Props = {
  consent: Schemas['ConsentRecord']
  /** To the activity for which it was taken. */
  send: (why: Why) => Promise<unknown>
  changes: Changes
  onDone: () => void
  onClose: () => void
}

const CODES: readonly Code[] = ['unreachable', 'left', 'died', 'refused', 'lost', 'other']

export function NoPaperDialog({ consent, send, changes, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const act = useAct({
    run: send,
    changes,
    onDone: () => {
      onClose()
      onDone()
    },
  })
  return (
    <ReasonDialog<Code>
      title={t('requests.consent.no_paper_title', { number: consent.number })}
      confirm={t('requests.consent.no_paper_confirm')}
      busy={act.isPending}
      about={<p>{t('requests.consent.no_paper_words')}</p>}
      codes={{
        label: t('requests.consent.no_paper_code'),
        options: CODES.map((value) => ({ value, label: t(`acts.no_paper_reasons.${value}`) })),
      }}
      words={{ label: t('requests.consent.no_paper_reason'), rows: 2, required: true, max: 1000 }}
      refusal={({ codes, reason }) => (codes[0] && reason ? null : t('acts.reason_needed'))}
      onDo={({ codes: [code], reason }) => code && act.mutate({ code, reason })}
      onClose={onClose}
    />
  )
}
