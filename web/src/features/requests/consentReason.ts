/** Why there is no consent: a code of the server is translated, typed text stays. */
import { useTranslation } from 'react-i18next'

const PAPERS_FOLLOW = 'emergency_papers_follow'

export function useConsentReason(): (reason: string) => string {
  const { t } = useTranslation()
  return (reason) => (reason === PAPERS_FOLLOW ? t('requests.consent.papers_follow') : reason)
}
