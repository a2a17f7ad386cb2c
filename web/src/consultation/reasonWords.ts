/** Why something was returned, cancelled or declined: what a person wrote, or the codes they ticked, translated. */
import { useTranslation } from 'react-i18next'

const GROUPS = ['acts.cancel_reasons', 'acts.decline_reasons', 'missing']

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
