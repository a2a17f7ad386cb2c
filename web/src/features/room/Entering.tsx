/** The moment between the click and the room: the room's own shape, with the patient already named. */
import { LoadingOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Consultation } from '../../consultation/view'
import { RoomSkeleton } from './RoomSkeleton'
import { Banner } from './stage/Banner'
import { useMine } from './visit/useMine'

export function Entering({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { booked } = useMine(consultation)
  return (
    <RoomSkeleton
      banner={booked ? <Banner consultation={consultation} link={null} /> : undefined}
      said={
        <p role="status">
          <LoadingOutlined aria-hidden /> {t('room.entering')}
        </p>
      }
    />
  )
}
