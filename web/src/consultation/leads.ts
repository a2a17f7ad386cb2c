/** What whoever leads a consultation is called: of an MDT its chair. For the words that name them as `{{leads}}`. */
import { useTranslation } from 'react-i18next'
import type { Consultation } from './view'

export function useLeads(c: Pick<Consultation, 'mdt'> | null): { leads: string } {
  const { t } = useTranslation()
  return { leads: t(c?.mdt ? 'consultation.leads.chair' : 'consultation.leads.lead') }
}
