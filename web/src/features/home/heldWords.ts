/** What a hub holds, in words: where, with whom, who leads. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { usePeopleWords } from '../../kit/people'

export type Held = Schemas['HeldOut']

export function useHeldWords() {
  const { t } = useTranslation()
  const { named, hospital } = usePeopleWords()
  const branch = ({ place }: Held) => hospital(place.hospital_id)
  const venue = (held: Held) => named({ name: held.venue, name_en: held.venue_en })
  const lead = (held: Held) => named({ name: held.lead_name, name_en: held.lead_name_en })
  return {
    branch,
    venue,
    lead,
    parts: (held: Held): string[] =>
      [branch(held), lead(held) && t('home.lead', { name: lead(held) }), venue(held)].filter(
        Boolean,
      ),
  }
}
