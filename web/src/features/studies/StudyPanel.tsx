/** The study panel: tools, image, series; for one person on a case page, or shared in a room. */
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Theme } from '../../kit/Theme'
import { dark } from '../../theme'
import { studyKey } from '../../viewer/catalog'
import type { Status } from '../../viewer/status'
import type { Cited, ExpectedPatient, KeyImage, Place, StudyRef } from '../../viewer/types'
import type { Viewer } from '../../viewer/viewer'
import { EcgOver } from './ecg/Over'
import { ALONE, hung, type Layout } from './hanging'
import { KeyHelp } from './KeyHelp'
import { LayoutMenu } from './LayoutMenu'
import { MarksSaid } from './MarksSaid'
import type { MprLinkProps } from './MprLink'
import type { Gone } from './ofConsultation'
import { PresenterBar } from './PresenterBar'
import css from './panel.module.css'
import { SeriesStrip, type StripSeries, useSeries } from './SeriesStrip'
import type { Sharing } from './sharing'
import { TakenAway } from './TakenAway'
import { Toolbar } from './Toolbar'
import { useEcg } from './useEcg'
import { useMarks } from './useMarks'
import { usePresentations } from './usePresentations'
import { useSaved } from './useSaved'
import { useShared } from './useShared'
import { type Taken, useTaking } from './useTaking'
import type { Opened } from './useViewer'
import { useViewports } from './useViewports'
import { Viewports } from './Viewports'

export type StudyPanelProps = {
  /** Pass the same array while nothing has changed. */
  studies: readonly StudyRef[]
  expected: ExpectedPatient | null
  /** Why studies are no longer shown, by `studyKey`; the screen then stays dark. */
  gone?: ReadonlyMap<string, Gone> | undefined
  sharing?: Sharing | undefined
  /** Stores a key image; if it rejects, the reader is told. */
  onKeyImage?: ((image: KeyImage) => Promise<void>) | undefined
  /** Takes the last measurement on the image, to be written elsewhere. */
  onCite?: ((cited: Cited) => void) | undefined
  onPopOut?: (() => void) | undefined
  /** What moves the images to a window of their own and back, if a key of the page does. */
  popOutKey?: string | undefined
  /** Whether every picture on the screen has come, in its full quality. */
  onSharp?: ((sharp: boolean) => void) | undefined
  /** The page has one for the planes through a series. */
  mpr?: Pick<MprLinkProps, 'to' | 'apart'> | undefined
  /** The images are what one comes for: they take the keys at once. */
  keysAtOnce?: boolean
  /** There may be several viewports; how many at first. Absent: one. */
  hanging?: Layout | undefined
  /** Shows the keys, for a page with keys of its own; otherwise the panel shows them. */
  onHelp?: (() => void) | undefined
}

export default function StudyPanel(props: StudyPanelProps) {
  const { studies, gone } = props
  const { panel, lost, onShown } = useLost(studies)
  const { onSharp } = props
  // Where there is nothing to see, nothing is waited for.
  useEffect(() => {
    if (studies.length === 0) onSharp?.(true)
  }, [studies, onSharp])
  return (
    <Theme palette={dark}>
      {studies.length === 0 ? (
        <NoStudies gone={gone} />
      ) : (
        // A new key, so that nothing of a study that was taken away stays on the screen.
        <Panel key={panel} {...props} lost={gone ? lost : null} onShown={onShown} />
      )}
    </Theme>
  )
}

/** `lost`: the study that was on the screen when it was taken away, until another is opened; then `panel` rises. */
function useLost(studies: readonly StudyRef[]) {
  const [now, setNow] = useState<Seen>({ studies, shown: null, lost: null, panel: 0 })
  const onShown = useCallback(
    (shown: string) => setNow((before) => ({ ...before, shown, lost: null })),
    [],
  )
  const { shown, panel } = now
  if (now.studies !== studies) {
    const there = studies.some(({ hospital, uid }) => studyKey(hospital, uid) === shown)
    const away = shown !== null && !there
    setNow(away ? { studies, shown: null, lost: shown, panel: panel + 1 } : { ...now, studies })
  }
  return { panel, lost: now.lost, onShown }
}

type Seen = {
  studies: readonly StudyRef[]
  shown: string | null
  lost: string | null
  panel: number
}

function NoStudies({ gone }: Pick<StudyPanelProps, 'gone'>) {
  const { t } = useTranslation()
  if (gone?.size) return <TakenAway gone={[...gone.values()]} />
  return (
    <div className={`${css.panel} ${css.none}`}>
      <p>{t('viewer.no_studies')}</p>
      <p className="secondary small">{t('viewer.no_studies_hint')}</p>
    </div>
  )
}

type PanelProps = StudyPanelProps & { lost: string | null; onShown: (study: string) => void }

function Panel({ studies, expected, gone, lost, onShown, sharing, onHelp, ...props }: PanelProps) {
  const { t } = useTranslation()
  const [help, setHelp] = useState(false)
  const found = useSeries(studies)
  // What is shared is one view.
  const several = !sharing && props.hanging !== undefined
  const ecg = useEcg(found)
  const views = useViewports(several ? props.hanging : ALONE)
  const { opened, status, playing } = views.used
  const presentations = usePresentations(found.presentations, found.pending)
  const shared = useShared(views.all[0]?.opened ?? null, studies, sharing)
  useMarks(views.kept, sharing)
  const saving = useSaved(views.kept, studies)
  const { taken, take } = useTaking(() => opened?.viewer.screen.keyImage(), props.onKeyImage)

  const acts = {
    onPointer: (place: Place | null) => sharing?.onPointer(place),
    onKeyImage: () => void take?.(),
    onCite: (cited: Cited) => props.onCite?.(cited),
    onSave: () => saving.save?.(),
    onHelp: onHelp ?? (() => setHelp(true)),
    onSeries: (by: 1 | -1) => open(beside(found.series, status.series, by)),
    onLayout: () => several && views.nextLayout(),
    onLink: () => views.all.length > 1 && views.setLinked(!views.linked),
  }
  const opening = !lost && (found.pending || found.first !== null)

  const open = (one: StripSeries | undefined) => {
    if (!one || ecg.takes(one)) return
    shared.onTouch()
    show(opened?.viewer, one)
  }

  const chosen = lost !== null || (shared.following && !!sharing?.remote.lastView)
  useOpening(views, found, chosen)
  useShown(status, onShown)
  useSharp(views, opening, props.onSharp)
  useKeysAtOnce(views.all[0]?.opened ?? null, props.keysAtOnce ?? false)

  return (
    <section className={css.panel} aria-label={t('viewer.title')}>
      {/* Its tools are of pictures. */}
      {!ecg.shown && (
        <Toolbar
          {...{ opened, status, playing, presentations }}
          layout={several && <LayoutMenu views={views} />}
          mpr={props.mpr}
          onTouch={shared.onTouch}
          onKeyImage={take && (() => void take())}
          saving={saving}
          onPopOut={props.onPopOut}
          popOutKey={props.popOutKey}
          onHelp={onHelp ? undefined : () => setHelp(true)}
        />
      )}
      <SharedBy {...{ sharing, shared }} elsewhere={shared.elsewhere && !lost} />
      <div className={css.screen}>
        <Viewports
          {...{ views, studies, expected, presentations, acts }}
          onView={shared.onView}
          onTouch={shared.onTouch}
          opening={opening}
          pending={found.pending}
        />
        <EcgOver {...{ ecg, expected }} shared={sharing !== undefined} />
        {lost && <TakenAway gone={[gone?.get(lost)]} more />}
      </div>
      <KeyImageSaid taken={taken} />
      <MarksSaid {...saving} />
      <SeriesStrip found={found} shown={status} ecg={ecg.shown} opening={opening} onOpen={open} />
      <KeyHelp
        {...{ several, open: help, cites: !!props.onCite, keyImages: !!take, saves: !!saving.save }}
        popOut={props.popOutKey}
        onClose={() => setHelp(false)}
      />
    </section>
  )
}

/** Who presents, and whether what they show is another study than those of this panel. */
function SharedBy({ sharing, shared, elsewhere }: SharedByProps) {
  const { t } = useTranslation()
  if (!sharing) return null
  return (
    <>
      <PresenterBar
        sharing={sharing}
        mode={shared.mode}
        onMode={shared.setMode}
        pointing={shared.pointing.map((id) => sharing.names.get(id) ?? '')}
      />
      {elsewhere && (
        <p className={css.elsewhere} role="status">
          {t('viewer.share.elsewhere')}
        </p>
      )}
    </>
  )
}

type SharedByProps = Pick<StudyPanelProps, 'sharing'> & {
  shared: ReturnType<typeof useShared>
  elsewhere: boolean
}

/** Opens `first` at once, unless something is `chosen`; in the other viewports, if they are empty, what hangs there. */
function useOpening(
  { all, layout }: ReturnType<typeof useViewports>,
  { first, series, pending }: ReturnType<typeof useSeries>,
  chosen: boolean,
): void {
  const viewers = all.map(({ opened }) => opened?.viewer)
  const made = viewers.filter(Boolean).length
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there is something to open
  useEffect(() => {
    if (first && !chosen && all[0]?.status.state === 'empty') show(viewers[0], first)
  }, [viewers[0], first?.series.uid])
  // biome-ignore lint/correctness/useExhaustiveDependencies: when there are more viewports, or all series are known
  useEffect(() => {
    if (pending) return
    for (const [at, one] of hung(series, first, layout).entries()) {
      if (at > 0 && one && all[at]?.status.state === 'empty') show(viewers[at], one)
    }
  }, [made, layout, pending])
}

/** The series before or after this one in the row. */
const beside = (all: readonly StripSeries[], series: string, by: 1 | -1) =>
  all[all.findIndex((one) => one.series.uid === series) + by]

function show(viewer: Viewer | undefined, { study, series }: StripSeries): void {
  void viewer?.show(study.hospital, study.uid, series.uid)
}

/** Reports which study is on the screen. */
function useShown({ hospital, study }: Status, onShown: (study: string) => void): void {
  useEffect(() => {
    if (study) onShown(studyKey(hospital, study))
  }, [hospital, study, onShown])
}

/** A picture that cannot be had is said to be so on the screen, and is not waited for. */
function useSharp(
  { all }: ReturnType<typeof useViewports>,
  opening: boolean,
  onSharp: StudyPanelProps['onSharp'],
): void {
  const coming = opening && all[0]?.status.state === 'empty'
  const sharp =
    !coming && all.every(({ status: { state, preview } }) => state !== 'loading' && !preview)
  useEffect(() => onSharp?.(sharp), [sharp, onSharp])
}

/** Takes the keys, unless something has them already. */
function useKeysAtOnce(opened: Opened | null, wanted: boolean): void {
  useEffect(() => {
    if (wanted && opened && document.activeElement === document.body)
      opened.viewer.screen.overlay.stage.focus({ preventScroll: true })
  }, [opened, wanted])
}

function KeyImageSaid({ taken }: { taken: Taken | null }) {
  const { t } = useTranslation()
  return (
    <p className={css.said} role="status">
      {typeof taken === 'string'
        ? t(`viewer.key_image_${taken}`)
        : taken && t('viewer.key_image_done', taken)}
    </p>
  )
}
