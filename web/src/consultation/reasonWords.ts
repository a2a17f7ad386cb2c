/** Why something was returned, cancelled, declined or interrupted: what a person wrote, or translated the codes that
 *  they ticked or the product gave. */
import { useTranslation } from 'react-i18next'

const GROUPS = [
  'acts.cancel_reasons',
  'acts.decline_reasons',
  'acts.redirect_reasons',
  'acts.replace_reasons',
  'missing',
  'consultation.reasons',
]

export function useReasonWords(): (reason: string) => string {
  const { t, i18n } = useTranslation()
  const translate = t as unknown as (key: string) => string
  return (reason) => {
    const codes = reason.split(',')
    const group = GROUPS.find((one) => codes.every((code) => i18n.exists(`${one}.${code}`)))
    return group
      ? codes.map((code) => translate(`${group}.${code}`)).join(t('state.comma'))
      : reason
  }
}
