/** 远程查房: the live run-sheet, for who leads it and for everybody who follows. */
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Loaded } from '../../../kit/Loaded'
import { UnderBar } from '../../../kit/Shell'
import { Bar } from '../../../kit/Skeletons'
import { Theme } from '../../../kit/Theme'
import { dark } from '../../../theme'
import { Live } from './Live'
import css from './live.module.css'
import { liveQuery } from './queries'

const skeleton = (
  <Theme palette={dark}>
    <div className={css.page}>
      <Bar height={45} />
      <div className={css.columns}>
        <Bar height={600} />
        <Bar height={600} />
        <Bar height={600} />
      </div>
    </div>
  </Theme>
)

export default function RoundLivePage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={liveQuery(id)}
      what={t('rounds_live.title')}
      skeleton={skeleton}
      failed={(said) => <UnderBar>{said}</UnderBar>}
    >
      {(round) => (
        <Theme palette={dark}>
          <Live key={id} round={round} />
        </Theme>
      )}
    </Loaded>
  )
}

export const Component = RoundLivePage
