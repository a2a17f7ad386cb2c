/** What few cases have to say above their story. */
import { lazy, Suspense } from 'react'
import { Ended } from '../../consultation/Ended'
import { GivenUp } from '../../consultation/GivenUp'
import { StartedWithMissing } from '../../consultation/StartedWithMissing'
import { type Consultation, unsettled } from '../../consultation/view'
import { withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { WrongStudies } from './WrongStudies'

const Answers = lazy(() => withWords(MORE, import('../../consultation/answers/Answers')))

export default function Rare({ consultation }: { consultation: Consultation }) {
  return (
    <>
      {unsettled(consultation) && consultation.actions.includes('book') && (
        <Suspense fallback={null}>
          <Answers consultation={consultation} />
        </Suspense>
      )}
      <GivenUp consultation={consultation} />
      <Ended consultation={consultation} />
      <StartedWithMissing consultation={consultation} />
      <WrongStudies consultation={consultation} />
    </>
  )
}
