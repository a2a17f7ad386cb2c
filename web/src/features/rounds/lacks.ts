/** What a bed still lacks, in words; of tests that are asked for by name, which. */
import { useTranslation } from 'react-i18next'
import type { Item } from './queries'

type Lacks = Pick<Item, 'lacks' | 'labs'>

/** `words`: the list's own, or those of the run-sheet, which the bedside has too. */
export function useLacks(words: 'rounds' | 'rounds_live'): (item: Lacks) => string[] {
  const { t } = useTranslation()
  return ({ lacks, labs }) =>
    lacks.map((each) =>
      each === 'labs' && labs.length > 0
        ? t(`${words}.lack_labs`, { names: labs.join(t('state.comma')) })
        : t(`${words}.lack.${each}`),
    )
}
