/** Whether the patient's identity has changed since the request: what happened, and what must be checked again. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format'
import { useEntryWords } from './historyWords'
import type { Consultation } from './view'

/** States in which nothing needs checking. */
const OVER = new Set([
  'closed',
  'archived',
  'cancelled',
  'declined',
  'discarded',
  'no_show',
  'expired',
])

/** `todo`: what happened to the images, and what must be checked again. */
type Change = { what: string; todo: string }

/** Null if it has not changed or the consultation is over. */
export function useIdentityChange(c: Consultation): Change | null {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const words = useEntryWords(c)
  const last = c.history.filter(({ type }) => type === 'patient.identity_changed').at(-1)
  if (!last || OVER.has(c.state)) return null
  const said = words(last)
  return {
    what: `${moment(said.at)} ${said.who} · ${said.what}`,
    todo: `${t('consultation.identity_images')}${t('consultation.identity_papers')}`,
  }
}
