/** The viewports of a panel: how many, which one is used, what each shows; linked, they scroll in step. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link } from '../../viewer/linking'
import type { Status } from '../../viewer/status'
import { Kept } from '../../viewer/tools/kept'
import { ALONE, LAYOUTS, type Layout, sameLayout } from './hanging'
import { NOTHING, type Opened } from './useViewer'

export type Seen = {
  opened: Opened | null
  status: Status
  /** The series runs as a film. */
  playing: boolean
}
export type Report = (at: number, part: Partial<Seen>) => void

const UNSEEN: Seen = { opened: null, status: NOTHING, playing: false }

export function useViewports(first: Layout = ALONE) {
  const [layout, arrange] = useState(first)
  const [used, setUsed] = useState(0)
  const [linked, setLinked] = useState(true)
  const [kept] = useState(() => new Kept()) // so that marks stay when viewports go
  const [reported, setReported] = useState<readonly Seen[]>([])
  const count = layout.rows * layout.columns
  const report = useCallback<Report>((at, part) => {
    setReported((before) => {
      const all = Array.from({ length: Math.max(before.length, at + 1) }, (_, i) => before[i])
      const gone = part.opened === null
      return all.map((one = UNSEEN, i) => (i === at ? (gone ? UNSEEN : { ...one, ...part }) : one))
    })
  }, [])
  const all = useMemo(
    () => Array.from({ length: count }, (_, at) => reported[at] ?? UNSEEN),
    [reported, count],
  )
  const at = Math.min(used, count - 1)
  const setLayout = (next: Layout) => {
    arrange(next)
    setUsed(Math.min(used, next.rows * next.columns - 1))
  }
  useKeptFocus(all[at]?.opened, layout)
  const { step } = useLink(all, linked && count > 1)
  useReference(all, at)
  useSameTool(all, at)
  return {
    layout,
    setLayout,
    nextLayout: () => {
      const now = LAYOUTS.findIndex((one) => sameLayout(one, layout))
      setLayout(LAYOUTS[(now + 1) % LAYOUTS.length] ?? ALONE)
    },
    linked,
    setLinked,
    all,
    kept,
    report,
    at,
    use: setUsed,
    used: all[at] ?? UNSEEN,
    step,
  }
}

/** The keys are the images': if the viewport that had them goes, the one that is used has them. */
function useKeptFocus(opened: Opened | null | undefined, layout: Layout): void {
  const before = useRef(layout)
  useEffect(() => {
    if (before.current === layout) return
    before.current = layout
    if (document.activeElement === document.body)
      opened?.viewer.screen.overlay.stage.focus({ preventScroll: true })
  }, [opened, layout])
}

/** Which series stand where: the link begins anew when it changes. */
const shownIn = (all: readonly Seen[]): string =>
  all.map(({ status }) => `${status.hospital}/${status.series}`).join(' ')

function useLink(all: readonly Seen[], on: boolean) {
  const link = useRef(new Link())
  const shown = shownIn(all)
  const now = useRef(all)
  useEffect(() => {
    now.current = all
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another series in a viewport is the event
  useEffect(() => {
    if (!on) return link.current.end()
    link.current.begin(now.current.flatMap(({ opened }) => (opened ? [opened.viewer] : [])))
  }, [shown, on])
  const step = useCallback((at: number) => {
    const viewer = now.current[at]?.opened?.viewer
    if (viewer) link.current.moved(viewer)
  }, [])
  return { step }
}

/** A tool that is chosen is there in every other viewport; where it was chosen it may be newer than what was drawn. */
function useSameTool(all: readonly Seen[], at: number): void {
  const tool = all[at]?.status.tool
  useEffect(() => {
    for (const [i, { opened }] of all.entries())
      if (i !== at && tool && opened && opened.viewer.tool !== tool) opened.viewer.setTool(tool)
  }, [all, at, tool])
}

/** In the others stands where the slice of the one that is used cuts them. */
function useReference(all: readonly Seen[], at: number): void {
  const used = all[at]
  const frame =
    used?.status.state === 'painted' ? (used.opened?.viewer.screen.shown?.frame ?? null) : null
  useEffect(() => {
    for (const [i, { opened }] of all.entries()) {
      opened?.viewer.screen.refer(i === at || all.length === 1 ? null : frame)
    }
  }, [all, at, frame])
}
