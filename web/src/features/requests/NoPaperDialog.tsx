/** Says that the signed page of a consent cannot be had, and why: the case need not wait for it any more. */
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import { ReasonDialog } from '../../kit/ReasonDialog'
import { useAct } from '../../kit/useAct'
import { useDraft } from './draft'

type Why = Schemas['NoPaperIn']
type Code = Why['code']
type Props = { consent: Schemas['ConsentRecord']; onClose: () => void }

const CODES: readonly Code[] = ['unreachable', 'left', 'died', 'refused', 'lost', 'other']

export function NoPaperDialog({ consent, onClose }: Props) {
  const { t } = useTranslation()
  const { row, refresh } = useDraft()
  const act = useAct({
    run: (why: Why) =>
      body(
        client.POST('/api/consents/{id}/unobtainable', {
          params: { path: { id: consent.id } },
          body: why,
        }),
      ),
    changes: { consultation: row.id },
    onDone: () => {
      onClose()
      void refresh()
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
