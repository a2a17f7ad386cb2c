/** The viewports of a panel in their rows and columns. */
import type { CSSProperties } from 'react'
import type { ExpectedPatient, StudyRef, ViewState } from '../../viewer/types'
import type { Layout } from './hanging'
import css from './panel.module.css'
import type { Presentations } from './usePresentations'
import type { useViewports } from './useViewports'
import { type Acts, Viewport } from './Viewport'

type Props = {
  studies: readonly StudyRef[]
  expected: ExpectedPatient | null
  views: ReturnType<typeof useViewports>
  presentations: Presentations
  acts: Omit<Acts, 'onView'>
  /** What the first shows, which is what others may follow. */
  onView: (state: ViewState) => void
  onTouch: () => void
  opening: boolean
  pending: boolean
}

export function Viewports({ views, acts, onView, onTouch, opening, pending, ...all }: Props) {
  const several = views.all.length > 1
  return (
    <div className={css.viewports} style={gridOf(views.layout)}>
      {views.all.map((seen, at) => (
        <Viewport
          {...all}
          // biome-ignore lint/suspicious/noArrayIndexKey: its place is what a viewport is
          key={at}
          at={at}
          seen={seen}
          report={views.report}
          kept={views.kept}
          acts={{
            ...acts,
            onView: (state) => {
              if (at === 0) onView(state)
              views.step(at)
            },
          }}
          onUse={(which, touched) => {
            views.use(which)
            if (touched) onTouch()
          }}
          marked={several && at === views.at}
          opening={opening && (at === 0 || pending)}
        />
      ))}
    </div>
  )
}

const gridOf = ({ rows, columns }: Layout): CSSProperties => ({
  gridTemplate: `repeat(${rows}, minmax(0, 1fr)) / repeat(${columns}, minmax(0, 1fr))`,
})
