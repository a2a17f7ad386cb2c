/** What became of saving marks; and the question before unsaved ones are left behind. */
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { useProblemText } from '../../kit/problemText'
import css from './panel.module.css'
import type { Saving } from './useSaved'

// Nobody is asked before there is a mark.
const Leaving = lazy(async () => ({
  default: (await withWords(MORE, import('../../kit/Leaving'))).Leaving,
}))

export function MarksSaid({ state, unsaved, save }: Saving) {
  const { t } = useTranslation()
  const text = useProblemText()
  const refused = typeof state === 'object' && state
  return (
    <>
      <p className={refused ? css.elsewhere : css.said} role="status">
        {refused
          ? t('viewer.marks.refused', { why: text(refused.why) })
          : state && t(`viewer.marks.${state}`)}
      </p>
      {save && unsaved > 0 && (
        <Suspense fallback={null}>
          <Leaving unsaved scope="page" />
        </Suspense>
      )}
    </>
  )
}
