/** Why there is no consent, in words: the server's own word is translated, what a person typed stays as typed. */
import { useTranslation } from 'react-i18next'

const PAPERS_FOLLOW = 'emergency_papers_follow'

export function useConsentReason(): (reason: string) => string {
  const { t } = useTranslation()
  return (reason) => (reason === PAPERS_FOLLOW ? t('requests.consent.papers_follow') : reason)
}
