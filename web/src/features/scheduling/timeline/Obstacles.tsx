/** What is in the way of a time: whose, when, and who booked it. */
import { useTranslation } from 'react-i18next'
import type { Obstacle } from '../rows'
import { spanOf } from '../week'
import { useBookingWords, useTimeWords } from '../words'

export function Obstacles({ found, zone }: { found: readonly Obstacle[]; zone: string }) {
  const { t } = useTranslation()
  const words = useTimeWords(zone)
  const { named, what, bookedBy } = useBookingWords()
  return found.map(({ entry, resource }) => (
    <span key={`${entry.id} ${resource.id}`}>
      <b>{named(resource)}</b> {words.during(spanOf(entry))} {what(entry)}
      {bookedBy(entry) && (
        <span className="secondary"> · {t('scheduling.by', { name: bookedBy(entry) })}</span>
      )}
    </span>
  ))
}
