/** Why a bed or a round was left out: a word of the system, translated; anything else are somebody's own words. */
import { useTranslation } from 'react-i18next'

const SYSTEM = [
  'not_reached',
  'not_confirmed',
  'not_held',
  'series_changed',
  'consent_withdrawn',
  'discharged',
  'moved',
] as const

export function useWhy(): (why: string) => string {
  const { t } = useTranslation()
  return (why) => {
    const known = SYSTEM.find((each) => each === why)
    return known ? t(`rounds.system_why.${known}`) : why
  }
}
