/** Who must do what about a line of the readiness gate that is not met. */
import { useTranslation } from 'react-i18next'
import { useLeads } from '../../../consultation/leads'
import type { Consultation } from '../../../consultation/view'

const KNOWN = [
  'consent',
  'packet',
  'images',
  'identity',
  'registration',
  'devices_hub',
  'devices_branch',
] as const
type Known = (typeof KNOWN)[number]

export function useTodo(c: Pick<Consultation, 'mdt'>): (key: string) => string {
  const { t } = useTranslation()
  const leads = useLeads(c)
  return (key) => (KNOWN.includes(key as Known) ? t(`room.todo.${key as Known}`, leads) : '')
}
