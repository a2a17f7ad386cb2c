/** The images of the reading that is open in the window which opened this one, for a second monitor. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSessionEnded } from '../../../api/signedOut'
import { Loaded } from '../../../kit/Loaded'
import { Notice } from '../../../kit/Notice'
import { Bar } from '../../../kit/Skeletons'
import { Theme } from '../../../kit/Theme'
import { dark } from '../../../theme'
import { StudySkeleton } from '../../studies/StudySkeleton'
import { useReads } from '../NextOne'
import pageCss from '../onePage.module.css'
import { isMine, type Reading, readingQuery } from '../queries'
import { POP_OUT_KEY, ReadingImages } from '../ReadingImages'
import { useAltKey } from '../useAltKey'
import { useKeptClaim } from '../useKeptClaim'
import { useNextAhead } from '../useNextAhead'
import { Whose } from '../Whose'
import css from './secondScreen.module.css'
import { useReport, useTold } from './useReport'

export function Component() {
  const { t } = useTranslation()
  const told = useTold()
  const ended = useSessionEnded()
  useAltKey('w', () => window.close())
  return (
    <Theme palette={dark}>
      <main className={pageCss.page} aria-label={t('viewer.title')}>
        {ended ? (
          <Nothing says="ended" />
        ) : typeof told === 'string' ? (
          <Nothing says={told} />
        ) : told.reading === null ? (
          <Nothing says="none" />
        ) : (
          <Of key={told.reading} id={told.reading} />
        )}
      </main>
    </Theme>
  )
}

type Why = 'ended' | 'alone' | 'waiting' | 'stranger' | 'none' | 'gone'

/** Why no image is shown. */
function Nothing({ says, children }: { says: Why; children?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <section className={css.dark} role="status">
      <h1>{t(`reading_screen.nothing.${says}`)}</h1>
      <p className="secondary">{children ?? t(`reading_screen.nothing_hint.${says}`)}</p>
    </section>
  )
}

function Of({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <Loaded
      query={readingQuery(id)}
      what={t('viewer.title')}
      skeleton={
        <>
          <Bar height={44} />
          <StudySkeleton />
        </>
      }
      failed={(said, gone) => (gone ? <Nothing says="gone" /> : said)}
    >
      {(reading) => <Images reading={reading} />}
    </Loaded>
  )
}

function Images({ reading }: { reading: Reading }) {
  const { t } = useTranslation()
  const { onCite, onKeyImage, onSharp } = useReport(reading.id)
  const { lost } = useKeptClaim(reading)
  useNextAhead(useReads(reading))
  const mine = isMine(reading)
  return (
    <>
      <Whose identity={reading.identity} silent>
        <span className={css.back}>
          <Button onClick={() => window.close()}>
            {t('reading_screen.to_report')} <kbd>{POP_OUT_KEY}</kbd>
          </Button>
        </span>
      </Whose>
      {lost && <Notice tone="urgent">{lost}</Notice>}
      <div className={pageCss.alone}>
        <ReadingImages
          reading={reading}
          onCite={mine ? onCite : undefined}
          onKeyImage={mine ? onKeyImage : undefined}
          onSharp={onSharp}
        />
      </div>
    </>
  )
}
