/** One viewport of the panel: its viewer, and what the panel is told of it. */
import { useEffect, useRef } from 'react'
import type { Host } from '../../viewer/controls'
import type { Kept } from '../../viewer/tools/kept'
import type { Cited, ExpectedPatient, StudyRef, ViewState } from '../../viewer/types'
import css from './panel.module.css'
import type { Presentations } from './usePresentations'
import { heldKey } from './useTaking'
import { useViewer } from './useViewer'
import type { Report, Seen } from './useViewports'

export type Acts = Omit<Host, 'onCite' | 'onTouch' | 'onPlaying'> & {
  onCite: (cited: Cited) => void
  onView: (state: ViewState) => void
}

type Props = {
  /** Which it is, from 0. */
  at: number
  seen: Seen
  report: Report
  studies: readonly StudyRef[]
  expected: ExpectedPatient | null
  presentations: Presentations
  /** The marks of all viewports. */
  kept: Kept
  acts: Acts
  /** The reader uses this one from now on; `touched`: and has changed its view. */
  onUse: (at: number, touched: boolean) => void
  /** It is the one that is used, and not the only one. */
  marked: boolean
  /** Something will be shown automatically, so the reader need not choose yet. */
  opening: boolean
}

export function Viewport({ at, seen, report, studies, expected, presentations, ...props }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const { acts, onUse, marked, opening, kept } = props
  const { opened } = seen
  const reported = {
    onOpened: (made: Seen['opened']) => report(at, { opened: made }),
    onStatus: (status: Seen['status']) => report(at, { status }),
    onPlaying: (playing: boolean) => report(at, { playing }),
    onTouch: () => onUse(at, true),
  }
  useViewer(host, opened, studies, expected, { ...acts, ...reported }, opening, kept)
  const { all, pending } = presentations
  useEffect(() => opened?.viewer.presentations.offer(pending ? null : all), [opened, all, pending])
  return (
    <div
      className={css.viewport}
      data-marked={marked}
      onKeyDownCapture={heldKey}
      onFocusCapture={() => onUse(at, false)}
      onPointerDownCapture={() => onUse(at, false)}
    >
      <div ref={host} className={css.viewer} />
    </div>
  )
}
