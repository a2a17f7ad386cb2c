/** 床旁查房车: the live run-sheet at the bed, on a tablet or a ward's cart. */
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Loaded } from '../../../kit/Loaded'
import { UnderBar } from '../../../kit/Shell'
import { Bar } from '../../../kit/Skeletons'
import { liveQuery } from '../live/queries'
import { Cart } from './Cart'
import css from './cart.module.css'

const skeleton = (
  <div className={css.page}>
    <Bar height={64} />
    <div className={css.columns}>
      <Bar height={600} />
      <Bar height={600} />
    </div>
  </div>
)

export default function RoundCartPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={liveQuery(id)}
      what={t('rounds_cart.title')}
      skeleton={skeleton}
      failed={(said) => <UnderBar>{said}</UnderBar>}
    >
      {(round) => <Cart key={id} round={round} />}
    </Loaded>
  )
}
