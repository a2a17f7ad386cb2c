/** The viewer of a viewport for as long as that is there: told about every change, disposed at the end. */
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { serverNow } from '../../api/clock'
import { Controls, type Host } from '../../viewer/controls'
import { takeAhead } from '../../viewer/source'
import type { Status } from '../../viewer/status'
import type { Kept } from '../../viewer/tools/kept'
import type { Cited, ExpectedPatient, StudyRef, ViewState } from '../../viewer/types'
import { Viewer } from '../../viewer/viewer'
import { useWords } from './words'

export const NOTHING: Status = {
  state: 'empty',
  preview: false,
  hospital: '',
  study: '',
  series: '',
  modality: '',
  index: 0,
  count: 0,
  ready: 0,
  colour: false,
  preset: 'own',
  presentation: null,
  tool: 'window',
  differences: [],
}

/** What the reader asks of the page. */
type Asked = Omit<Host, 'onCite'> & { onCite?: (cited: Cited) => void }

export type Opened = { viewer: Viewer; controls: Controls }

type Reported = {
  /** The viewer; null: it is gone. */
  onOpened: (opened: Opened | null) => void
  onStatus: (status: Status) => void
  onPlaying: (playing: boolean) => void
  onView: (state: ViewState) => void
}

export function useViewer(
  element: RefObject<HTMLDivElement | null>,
  opened: Opened | null,
  studies: readonly StudyRef[],
  expected: ExpectedPatient | null,
  host: Asked & Reported,
  /** Something will be shown automatically, so the reader need not choose yet. */
  opening: boolean,
  kept: Kept,
): void {
  const said = useWords()
  const words = useMemo(() => (opening ? { ...said, empty: said.opening } : said), [said, opening])
  const first = useRef({ words, expected, studies, kept })
  const latest = useRef(host)
  useEffect(() => {
    latest.current = host
  })

  useEffect(() => {
    if (!element.current) return
    const viewer = new Viewer(element.current, {
      words: first.current.words,
      expected: first.current.expected,
      kept: first.current.kept,
      source: takeAhead(first.current.studies),
      now: () => new Date(serverNow()),
      onView: (state) => {
        latest.current.onView(state)
        controls.repoint()
      },
      onStatus: (status) => latest.current.onStatus(status),
    })
    const controls = new Controls(viewer, {
      onPointer: (place) => latest.current.onPointer?.(place),
      onTouch: () => latest.current.onTouch?.(),
      onKeyImage: () => latest.current.onKeyImage?.(),
      onCite: () => {
        const cited = viewer.screen.cited()
        if (cited) latest.current.onCite?.(cited)
      },
      onSave: () => latest.current.onSave?.(),
      onHelp: () => latest.current.onHelp?.(),
      onPlaying: (playing) => latest.current.onPlaying(playing),
      onSeries: (by) => latest.current.onSeries?.(by),
      onLayout: () => latest.current.onLayout?.(),
      onLink: () => latest.current.onLink?.(),
    })
    latest.current.onOpened({ viewer, controls })
    return () => {
      latest.current.onOpened(null)
      controls.dispose()
      viewer.dispose()
    }
  }, [element])

  useEffect(() => opened?.viewer.setWords(words), [opened, words])
  useEffect(() => opened?.viewer.expect(expected), [opened, expected])
  useEffect(() => opened?.viewer.register(studies), [opened, studies])
}
