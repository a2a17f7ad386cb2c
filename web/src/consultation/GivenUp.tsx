/** Consents whose signed page cannot be had, as somebody authorised has said. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format'
import { Notice } from '../kit/Notice'
import type { Consultation } from './view'

export function GivenUp({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  return c.consents.map(
    ({ id, number, file_id, withdrawn_at, outdated_at, ...one }) =>
      one.unobtainable_at &&
      !file_id &&
      !withdrawn_at &&
      !outdated_at && (
        <Notice key={id} tone="info">
          {t('consultation.given_up', {
            number,
            why: t(`acts.no_paper_reasons.${one.unobtainable_code ?? 'other'}`),
            reason: one.unobtainable_reason ?? '',
            at: moment(one.unobtainable_at),
          })}
        </Notice>
      ),
  )
}
