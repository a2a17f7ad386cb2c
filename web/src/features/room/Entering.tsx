/** The moment between the click and the room. */
import { LoadingOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Theme } from '../../kit/Theme'
import { dark } from '../../theme'
import type { Consultation } from '../consultations/view'
import { Banner } from './Banner'
import css from './room.module.css'
import { useMine } from './useMine'

export function Entering({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const { booked } = useMine(consultation)
  return (
    <Theme palette={dark}>
      <main className={css.room}>
        {booked && <Banner consultation={consultation} link={null} />}
        <p className={css.entering} role="status">
          <LoadingOutlined aria-hidden /> {t('room.entering')}
        </p>
      </main>
    </Theme>
  )
}
