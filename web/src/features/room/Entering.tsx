/** The moment between the click and the room: the room's own shape, with the patient already named. */
import { LoadingOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CallState } from '../../call'
import type { Consultation } from '../../consultation/view'
import { RoomSkeleton } from './RoomSkeleton'
import { Banner } from './stage/Banner'
import { useMine } from './visit/useMine'
import { waitsFor } from './visit/waitsFor'

type Props = { consultation: Consultation; state: CallState; onLeave: () => void }

export function Entering({ consultation, state, onLeave }: Props) {
  const { t } = useTranslation()
  const { booked } = useMine(consultation)
  const stuck = waitsFor(state)
  return (
    <RoomSkeleton
      banner={booked ? <Banner consultation={consultation} link={null} /> : undefined}
      said={
        <>
          <p role="status">
            <LoadingOutlined aria-hidden /> {t(stuck ?? 'room.entering')}
          </p>
          {stuck && <Button onClick={onLeave}>{t('room.bar.leave')}</Button>}
        </>
      }
    />
  )
}
