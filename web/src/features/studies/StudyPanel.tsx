/** The study beside the talk: tools on top, the image, its series below; alone on a case page or shared in a room. */
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Theme } from '../../kit/Theme'
import { dark } from '../../theme'
import type { ExpectedPatient, KeyImage, Place, StudyRef, ViewState } from '../../viewer/types'
import { KeyHelp } from './KeyHelp'
import { PresenterBar } from './PresenterBar'
import css from './panel.module.css'
import { SeriesStrip, type StripSeries, useSeries } from './SeriesStrip'
import type { Sharing } from './sharing'
import { Toolbar } from './Toolbar'
import { useShared } from './useShared'
import { heldKey, useTaking } from './useTaking'
import { useViewer } from './useViewer'

export type StudyPanelProps = {
  /** Keep the array's identity while nothing changed. */
  studies: readonly StudyRef[]
  expected: ExpectedPatient | null
  /** Why images that were there before are not shown any longer. */
  gone?: string | undefined
  sharing?: Sharing | undefined
  /** Keeps the picture; a rejection is said to the reader. */
  onKeyImage?: ((image: KeyImage) => Promise<void>) | undefined
  onPopOut?: (() => void) | undefined
  /** A page that shows the viewer's keys among its own; otherwise the panel shows them. */
  onHelp?: (() => void) | undefined
}

export default function StudyPanel(props: StudyPanelProps) {
  const taken = useTaken(props.studies)
  return (
    <Theme palette={dark}>
      {props.studies.length === 0 ? (
        <NoStudies why={props.gone} />
      ) : (
        // A study that may be somebody else's leaves the screen with everything drawn of it.
        <Panel key={taken} {...props} />
      )}
    </Theme>
  )
}

/** Rises whenever a study is taken away; those that come change nothing. */
function useTaken(studies: readonly StudyRef[]): number {
  const [before, setBefore] = useState({ studies, taken: 0 })
  if (before.studies === studies) return before.taken
  const there = new Set(studies.map(({ hospital, uid }) => `${hospital}/${uid}`))
  const away = before.studies.some(({ hospital, uid }) => !there.has(`${hospital}/${uid}`))
  const taken = before.taken + Number(away)
  setBefore({ studies, taken })
  return taken
}

function NoStudies({ why }: { why: string | undefined }) {
  const { t } = useTranslation()
  return (
    <div className={`${css.panel} ${css.none}`}>
      <p>{t(why ? 'viewer.taken_away' : 'viewer.no_studies')}</p>
      <p className="secondary small">{why ?? t('viewer.no_studies_hint')}</p>
    </div>
  )
}

function Panel({ studies, expected, sharing, onKeyImage, onPopOut, onHelp }: StudyPanelProps) {
  const { t } = useTranslation()
  const host = useRef<HTMLDivElement>(null)
  const [help, setHelp] = useState(false)
  const found = useSeries(studies)

  const actions = {
    onView: (state: ViewState) => shared.onView(state),
    onTouch: () => shared.onTouch(),
    onPointer: (place: Place | null) => sharing?.onPointer(place),
    onKeyImage: () => void take?.(),
    onHelp: onHelp ?? (() => setHelp(true)),
    onSeries: (by: 1 | -1) => step(by),
  }
  const opening = found.pending || found.first !== null
  const { opened, status } = useViewer(host, studies, expected, actions, opening)
  const shared = useShared(opened, studies, sharing)
  const { taken, take } = useTaking(() => opened?.viewer.keyImage(), onKeyImage)

  const open = ({ study, series }: StripSeries) => {
    shared.onTouch()
    void opened?.viewer.show(study.hospital, study.uid, series.uid)
  }

  function step(by: 1 | -1) {
    const at = found.series.findIndex((one) => one.series.uid === status.series)
    const next = found.series[at + by]
    if (next) open(next)
  }

  // The first thing there is to see, unless somebody already shows something.
  const { first } = found
  const idle = status.state === 'empty' && !(shared.following && sharing?.remote.lastView)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there is something to open
  useEffect(() => {
    if (opened && first && idle) {
      void opened.viewer.show(first.study.hospital, first.study.uid, first.series.uid)
    }
  }, [opened, first?.series.uid])

  return (
    <section className={css.panel} aria-label={t('viewer.title')}>
      <Toolbar
        opened={opened}
        status={status}
        onKeyImage={take && (() => void take())}
        onPopOut={onPopOut}
        onHelp={onHelp ? undefined : () => setHelp(true)}
      />
      {sharing && (
        <PresenterBar
          sharing={sharing}
          mode={shared.mode}
          onMode={shared.setMode}
          pointing={shared.pointing.map((id) => sharing.names.get(id) ?? '')}
        />
      )}
      {shared.elsewhere && (
        <p className={css.elsewhere} role="status">
          {t('viewer.share.elsewhere')}
        </p>
      )}
      <div ref={host} className={css.viewer} onKeyDownCapture={heldKey} />
      <p className={css.said} role="status">
        {taken === 'failed' || taken === 'taking'
          ? t(`viewer.key_image_${taken}`)
          : taken && t('viewer.key_image_done', taken)}
      </p>
      <SeriesStrip found={found} shown={status} onOpen={open} />
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </section>
  )
}
