/** A shift in words: of which roster, when, and in which place. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { useFormat } from '../../../i18n/format'
import { useRosterWords } from '../../../kit/rosterWords'

export function useShiftWords() {
  const { t } = useTranslation()
  const { title } = useRosterWords()
  const { moment } = useFormat()
  return (shift: Schemas['OnShift']) =>
    t('standby.shift', {
      roster: title(shift),
      from: moment(shift.starts),
      to: moment(shift.ends),
      place: String(shift.place),
    })
}
