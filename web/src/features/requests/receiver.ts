/** Who gets the request after submitting, in a sentence. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { usePeopleWords } from '../../kit/people'

type Receiver = Schemas['Receiver']
const NAMED = 2

export function useReceiverWords() {
  const { t, i18n } = useTranslation()
  const { duration } = useFormat()
  const { named, hospital } = usePeopleWords()
  const who = (receiver: Receiver): string => {
    const separator = i18n.language === 'en' ? ', ' : '、'
    const names = receiver.people.slice(0, NAMED).map(named).join(separator)
    const n = receiver.people.length
    const people = n > NAMED ? t('requests.foot.and_more', { names, n: String(n) }) : names
    return t(`requests.foot.group.${receiver.action}`, {
      hospital: hospital(receiver.hospital_id),
      people,
    }).trim()
  }
  const sentence = (receiver: Receiver): string =>
    t('requests.foot.to', {
      who: who(receiver),
      within: duration(receiver.within_minutes * 60_000),
      action: t(`requests.foot.action.${receiver.action}`),
    })
  return { who, sentence }
}
