/** The shape of the room: pictures left, the study in the middle, what is written right, the controls below. */
import type { ReactNode } from 'react'
import { Bar, WritingSkeleton } from '../../kit/Skeletons'
import { Theme } from '../../kit/Theme'
import { dark } from '../../theme'
import { StudySkeleton } from '../studies/StudySkeleton'
import side from './panels/side.module.css'
import { Columns } from './pictures/Columns'
import bar from './pictures/controls.module.css'
import css from './pictures/room.module.css'
import tiles from './pictures/tiles.module.css'

type Props = { banner?: ReactNode; said?: ReactNode }

export function RoomSkeleton({ banner, said }: Props) {
  return (
    <Theme palette={dark}>
      <main className={css.room}>
        {banner ?? <div className={css.nobody} />}
        <div />
        {/* The shapes cannot be focused. */}
        <div inert style={{ display: 'contents' }}>
          <Columns
            filled={null}
            video={
              <div className={tiles.people}>
                <div className={`${tiles.tile} ${tiles.large}`} />
                <div className={`${tiles.tile} ${tiles.small}`} />
              </div>
            }
            study={<StudySkeleton shared />}
            side={<SideSkeleton />}
          />
        </div>
        <div className={`${bar.bar} ${bar.shapes}`}>
          {said ?? [1, 2, 3, 4, 5, 6, 7].map((n) => <Bar key={n} width={52} height={34} />)}
        </div>
      </main>
    </Theme>
  )
}

export function SideSkeleton() {
  return (
    <div className={side.side}>
      <div className={side.tabs}>
        <Bar width={44} />
        <Bar width={44} />
      </div>
      <WritingSkeleton />
    </div>
  )
}
