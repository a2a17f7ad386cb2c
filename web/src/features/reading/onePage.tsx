/** One reading: its images, and beside them what is asked; whoever has claimed it keeps the claim by working here. */
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, type ReactNode, type RefObject, Suspense, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Countdown } from '../../kit/Countdown'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { UnderBar } from '../../kit/Shell'
import { Bar } from '../../kit/Skeletons'
import { Theme } from '../../kit/Theme'
import { paths } from '../../paths'
import { dark } from '../../theme'
import type { Cited } from '../../viewer/types'
import { ofReading } from '../criticalFindings'
import { StudySkeleton } from '../studies/StudySkeleton'
import { NextOne } from './NextOne'
import css from './onePage.module.css'
import { Latest, Past } from './Past'
import { About } from './Preview'
import { isMine, type Reading, readingQuery } from './queries'
import { ReadingImages } from './ReadingImages'
import { ReportPanel } from './Report'
import { useKeyImage } from './reportDraft'
import type { Caret } from './SlotText'
import { ApartBar, Blocked } from './secondScreen/ApartBar'
import { imagesWindow } from './secondScreen/imagesWindow'
import { useApart } from './secondScreen/useApart'
import { TogetherLink } from './together/TogetherLink'
import { may, useDeskActs } from './useDeskActs'
import { useKeptClaim } from './useKeptClaim'
import { Back, Whose } from './Whose'
import { beganAt, useReadingWords } from './words'

const Critical = lazy(ofReading)

const skeleton = (
  <div className={css.page}>
    <Bar height={44} />
    <StudySkeleton />
  </div>
)

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <Loaded
      query={readingQuery(id)}
      what={t('reading.title')}
      skeleton={<Theme palette={dark}>{skeleton}</Theme>}
      failed={(said, gone) => <UnderBar>{gone ? <Gone id={id} said={said} /> : said}</UnderBar>}
    >
      {(reading) => (
        <Theme palette={dark}>
          <One key={id} reading={reading} />
        </Theme>
      )}
    </Loaded>
  )
}

/** Whoever had it open reads why it is gone; who never had finds nothing. */
function Gone({ id, said }: { id: string; said: ReactNode }) {
  const { t } = useTranslation()
  const known = useQueryClient().getQueryData(readingQuery(id).queryKey)
  return known ? <Notice tone="urgent">{t('reading.gone')}</Notice> : said
}

function One({ reading }: { reading: Reading }) {
  const { t } = useTranslation()
  const caret = useRef<Caret | null>(null)
  const sharp = useRef(false)
  const onCite = useCite(reading, caret)
  const onKeyImage = useKeyImage(reading)
  const images = useApart(reading, { onCite, onKeyImage, sharp })
  const apart = images.at === 'apart'
  return (
    <main className={css.page}>
      <Whose identity={reading.identity}>
        <Back to={paths.readings()}>{t('reading.back')}</Back>
      </Whose>
      {images.at === 'blocked' && <Blocked />}
      {apart && <ApartBar reading={reading.id} state={images} />}
      <div className={apart ? css.alone : css.split}>
        {!apart && (
          <div className={css.images}>
            <ReadingImages
              {...{ reading, onCite, onKeyImage }}
              onPopOut={() => imagesWindow.open()}
              onSharp={(now) => {
                sharp.current = now
              }}
            />
          </div>
        )}
        <Aside {...{ reading, caret, sharp, apart }} />
      </div>
    </main>
  )
}

/** Writes a measurement where the caret is; undefined unless this person has it claimed. */
function useCite(reading: Reading, caret: RefObject<Caret | null>) {
  const { t } = useTranslation()
  const cite = ({ text, seriesNumber, position, prior }: Cited) => {
    const of = prior === null ? '' : `${t('viewer.prior')} ${prior} `
    const series = `${of}${seriesNumber === null ? '' : `Se${seriesNumber} `}`
    const cited = t('reading.report.cited', { text, series, position: String(position) })
    caret.current?.insert(cited, true)
  }
  return isMine(reading) ? cite : undefined
}

type AsideProps = {
  reading: Reading
  caret: RefObject<Caret | null>
  /** Whether all pictures on the screen have come, in their full quality. */
  sharp: RefObject<boolean>
  /** The images are in a window of their own: this has the whole width. */
  apart: boolean
}

function Aside({ reading, caret, sharp, apart }: AsideProps) {
  const { t } = useTranslation()
  const words = useReadingWords()
  const acts = useDeskActs()
  const { lost } = useKeptClaim(reading)
  return (
    <aside
      className={apart ? `${css.aside} ${css.wide}` : css.aside}
      aria-label={t('reading.question')}
    >
      <header className={css.head}>
        <b>{words.state(reading)}</b>
        <span className="secondary">{words.claim(reading)}</span>
        {reading.due_at && !reading.issued_at && (
          <Countdown due={reading.due_at} since={beganAt(reading)} />
        )}
      </header>
      {lost && <Notice tone="urgent">{lost}</Notice>}
      {reading.recalled && <Notice tone="stat">{t('reading.recalled')}</Notice>}
      <div className={css.both}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keyboard */}
        <section className={css.asked} tabIndex={0} aria-label={t('reading.question')}>
          <About row={reading} compared={reading.report !== null} />
          <Latest reading={reading} />
          <Past id={reading.id} />
        </section>
        <ReportPanel {...{ reading, caret, sharp }} />
      </div>
      <footer className={css.foot}>
        {may(reading, 'claim') && (
          <Button type="primary" loading={acts.busy} onClick={() => acts.open(reading)}>
            {t('reading.claim')}
          </Button>
        )}
        {may(reading, 'take_over') && (
          <Button loading={acts.busy} onClick={() => acts.open(reading)}>
            {t('reading.take_over')}…
          </Button>
        )}
        {may(reading, 'release') && (
          <Button onClick={() => acts.release(reading)}>{t('reading.release')}</Button>
        )}
        {may(reading, 'return') && (
          <Button onClick={() => acts.sendBack(reading)}>{t('reading.return')}…</Button>
        )}
        {may(reading, 'resend') && (
          <Button onClick={() => acts.resend(reading)}>{t('reading.resend')}…</Button>
        )}
        {may(reading, 'withdraw') && (
          <Button onClick={() => acts.withdraw(reading)}>{t('reading.withdraw')}…</Button>
        )}
        <NextOne {...{ reading, acts, apart }} />
        <TogetherLink id={reading.id} />
        <Suspense fallback={null}>
          <Critical reading={reading} />
        </Suspense>
      </footer>
      {acts.dialogs}
    </aside>
  )
}
