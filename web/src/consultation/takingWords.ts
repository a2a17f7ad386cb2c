/** How it is said what stands in the way of a time: a booking, or a limit. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format'
import { usePeopleWords } from '../kit/people'
import { type Clash, type Limit, useWhatTakes } from './bookings'

/** `by`: it is said who made the booking, too. */
export function useClashWords(by = false) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { time } = useFormat()
  const what = useWhatTakes()
  return (clash: Clash): string => {
    const said = t('timing.clash', {
      name: named(clash),
      time: `${time(clash.starts_at)}–${time(clash.ends_at)}`,
      what: what(clash),
    })
    const who = named({ name: clash.booked_by, name_en: clash.booked_by_en })
    return by && who ? t('timing.clash_by', { clash: said, by: who }) : said
  }
}

export function useLimitWords() {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { time } = useFormat()
  return (one: Limit): string =>
    t(`timing.limits.of.${one.limit}`, {
      name: named(one),
      time: `${time(one.starts_at)}–${time(one.ends_at)}`,
      minutes: String(one.minutes),
      places: String(one.places),
      people: String(one.people),
    })
}
