/** The moment between the click and the room: the room's own shape, with the patient already named. */
import { LoadingOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { CallState } from '../../call'
import type { Consultation } from '../../consultation/view'
import { RoomSkeleton } from './RoomSkeleton'
import { Banner } from './stage/Banner'
import { useMine } from './visit/useMine'

type Props = { consultation: Consultation; problem: CallState['problem'] }

export function Entering({ consultation, problem }: Props) {
  const { t } = useTranslation()
  const { booked } = useMine(consultation)
  return (
    <RoomSkeleton
      banner={booked ? <Banner consultation={consultation} link={null} /> : undefined}
      said={
        <p role="status">
          <LoadingOutlined aria-hidden /> {t(waitsFor(problem))}
        </p>
      }
    />
  )
}

/** The server that cannot keep anything just now lets nobody in: the page goes on trying, and says why. */
function waitsFor(problem: CallState['problem']) {
  if (problem?.code === 'no_space') return 'room.entering_no_space'
  return problem?.code === 'busy' ? 'room.entering_busy' : 'room.entering'
}
