/** The electrocardiogram over the images, if one is shown; it comes with its own words. */
import { lazy, Suspense } from 'react'
import { withWords } from '../../../i18n'
import type { ExpectedPatient } from '../../../viewer/types'
import type { useEcg } from '../useEcg'
import { WORDS } from './words'

const Ecg = lazy(() => withWords(WORDS, import('./Ecg')))

type Props = { ecg: ReturnType<typeof useEcg>; expected: ExpectedPatient | null; shared: boolean }

export function EcgOver({ ecg: { shown, only, close }, expected, shared }: Props) {
  return (
    shown && (
      <Suspense fallback={null}>
        <Ecg
          key={shown.series.uid}
          one={shown}
          {...{ expected, shared }}
          onClose={only ? undefined : close}
        />
      </Suspense>
    )
  )
}
