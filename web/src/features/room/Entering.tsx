/** Shown between the click and the room: the room's shape, with the patient's name. */
import { LoadingOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../api/problem'
import type { CallState } from '../../call'
import type { Consultation } from '../../consultation/view'
import { Banner } from './pictures/Banner'
import { RoomSkeleton } from './RoomSkeleton'
import { useMine } from './visit/useMine'
import { useWaitsFor } from './visit/waitsFor'

type Props = {
  consultation: Consultation
  state: CallState
  refusal: Problem | null
  onLeave: () => void
}

export function Entering({ consultation, state, refusal, onLeave }: Props) {
  const { t } = useTranslation()
  const { booked } = useMine(consultation)
  const stuck = useWaitsFor(state, refusal)
  return (
    <RoomSkeleton
      banner={booked ? <Banner consultation={consultation} link={null} /> : undefined}
      said={
        <>
          <p role="status">
            <LoadingOutlined aria-hidden /> {stuck ?? t('room.entering')}
          </p>
          {stuck && <Button onClick={onLeave}>{t('room.bar.leave')}</Button>}
        </>
      }
    />
  )
}
