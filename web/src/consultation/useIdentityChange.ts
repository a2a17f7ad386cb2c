/** Who the patient is has changed since the request: what happened, and what must be looked at again. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format'
import { useHistoryWords } from './historyWords'
import type { Consultation } from './view'

/** Nothing left to look at. */
const OVER = new Set([
  'closed',
  'archived',
  'cancelled',
  'declined',
  'discarded',
  'no_show',
  'expired',
])

/** `todo`: what has become of the images, and what else must be looked at again. */
type Change = { what: string; todo: string }

/** Null where it has not changed, or where the consultation is over. */
export function useIdentityChange(c: Consultation): Change | null {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const words = useHistoryWords(c)
  const last = c.history.filter(({ type }) => type === 'patient.identity_changed').at(-1)
  const said = words.find(({ id }) => id === last?.id)
  if (!said || OVER.has(c.state)) return null
  return {
    what: `${moment(said.at)} ${said.who} · ${said.what}`,
    todo: `${t('consultation.identity_images')}${t('consultation.identity_papers')}`,
  }
}
