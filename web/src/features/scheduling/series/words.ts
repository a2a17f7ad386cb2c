/** How a recurring time, and what stands in its way, is written. */
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../api/session'
import type { Resource } from '../../../consultation/bookings'
import { type Said, useComingWords } from '../../../consultation/series/words'
import { usePeopleWords } from '../../../kit/people'
import type { Occurrence, Series } from './queries'

type Placed = Pick<Resource, 'name' | 'name_en' | 'hospital_id'>

export function useSeriesWords() {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { named, hospital } = usePeopleWords()
  /** Those of another hospital with it. */
  const placed = (one: Placed) =>
    one.hospital_id === actor.hospital_id
      ? named(one)
      : t('recurring.at_hospital', { name: named(one), hospital: hospital(one.hospital_id) })
  return {
    placed,
    /** Its title, or its kind. */
    what: ({ title, kind }: Pick<Series, 'title' | 'kind'>) => title || t(`taken.kind.${kind}`),
    whom: ({ resources }: Series) => resources.map(placed).join(t('state.comma')),
  }
}

/** What stands in the way of one time to come, and by whose booking. */
export function useObstacleWords(): (one: Occurrence) => Said {
  const { t } = useTranslation()
  const words = useComingWords(true)
  return (one) => {
    const { conflicts, ...said } = words(one)
    const own = one.not_covered ? [t('recurring.not_covered')] : []
    return { ...said, conflicts: [...own, ...conflicts] }
  }
}
