/** What few cases have to say above their story. */
import { Ended } from '../../consultation/Ended'
import { GivenUp } from '../../consultation/GivenUp'
import { StartedWithMissing } from '../../consultation/StartedWithMissing'
import type { Consultation } from '../../consultation/view'
import { WrongStudies } from './WrongStudies'

export default function Rare({ consultation }: { consultation: Consultation }) {
  return (
    <>
      <GivenUp consultation={consultation} />
      <Ended consultation={consultation} />
      <StartedWithMissing consultation={consultation} />
      <WrongStudies consultation={consultation} />
    </>
  )
}
