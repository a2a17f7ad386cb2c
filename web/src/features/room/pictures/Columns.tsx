/** Three columns with draggable edges; each can fill the page. Widths are stored on this computer.
 *  In a narrow window the sides give way, so that the image keeps half of it. */
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './columns.module.css'

export type Part = 'video' | 'study' | 'side'
type Edge = 'video' | 'side'

const KEPT = 'room.columns'
const STEP = 16
const LIMITS: Record<Edge, [least: number, most: number, usual: number]> = {
  video: [200, 560, 284],
  side: [280, 640, 360],
}

/** The attributes of the study if it is behind a tab. */
const PANEL = { role: 'tabpanel', id: 'study-panel', 'aria-labelledby': 'side-study' }

type Widths = Record<Edge, number>
const within = (edge: Edge, width: number) =>
  Math.round(Math.min(LIMITS[edge][1], Math.max(LIMITS[edge][0], width)))

function kept(): Widths {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Widths>
    return {
      video: within('video', found.video ?? LIMITS.video[2]),
      side: within('side', found.side ?? LIMITS.side[2]),
    }
  } catch {
    return { video: LIMITS.video[2], side: LIMITS.side[2] }
  }
}

/** Whether the video is hidden; on a phone it is above the panel unless the panel fills the page. */
export const videoAway = (filled: Part | null, narrow: boolean): boolean =>
  filled !== null && (narrow || filled !== 'video')

type Props = {
  video: ReactNode
  /** Null while there is none: its place is the video's. */
  study: ReactNode
  side: ReactNode
  filled: Part | null
  /** On narrow screens: one part at a time below the video, chosen by tabs. */
  narrow?: { tabs: ReactNode; shown: 'study' | 'side' } | null
}

export function Columns({ video, study, side, narrow = null, ...p }: Props) {
  const bare = study === null
  const filled = bare && p.filled === 'study' ? 'video' : p.filled
  const { t } = useTranslation()
  const [widths, setWidths] = useState(kept)
  const set = (edge: Edge, width: number) => {
    const next = { ...widths, [edge]: within(edge, width) }
    setWidths(next)
    localStorage.setItem(KEPT, JSON.stringify(next))
  }
  const away = (name: Part) => {
    if (bare && name === 'study') return true
    if (name === 'video') return videoAway(filled, narrow !== null)
    return narrow ? name !== narrow.shown : filled !== null && filled !== name
  }
  const part = (name: Part, inside: ReactNode) => (
    <div
      className={css.part}
      data-part={name}
      hidden={away(name)}
      {...(narrow && name === 'study' ? PANEL : {})}
    >
      {inside}
    </div>
  )
  const edge = (name: Edge) => (
    <Handle
      label={t(`room.parts.edge.${name}`)}
      edge={name}
      width={widths[name]}
      hidden={filled !== null || narrow !== null || (bare && name === 'video')}
      onWidth={(width) => set(name, width)}
    />
  )
  const columns = filled
    ? 'minmax(0, 1fr)'
    : `${bare ? '' : `minmax(160px, ${widths.video}px) 5px `}minmax(min(50%, 480px), 1fr) 5px minmax(240px, ${widths.side}px)`
  return (
    <div
      className={narrow ? css.stack : css.columns}
      style={narrow ? {} : { gridTemplateColumns: columns }}
      data-shown={narrow?.shown}
      data-bare={bare}
    >
      {part('video', video)}
      {narrow?.tabs}
      {edge('video')}
      {part('study', study)}
      {edge('side')}
      {part('side', side)}
    </div>
  )
}

type HandleProps = {
  label: string
  edge: Edge
  width: number
  hidden: boolean
  onWidth: (width: number) => void
}

function Handle({ label, edge, width, hidden, onWidth }: HandleProps) {
  const from = useRef<{ x: number; width: number } | null>(null)
  // The right part grows to the left.
  const sign = edge === 'video' ? 1 : -1
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be dragged
    <div
      className={css.handle}
      hidden={hidden}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={LIMITS[edge][0]}
      aria-valuemax={LIMITS[edge][1]}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { x: event.clientX, width }
      }}
      onPointerMove={(event) => {
        if (from.current) onWidth(from.current.width + sign * (event.clientX - from.current.x))
      }}
      onPointerUp={() => {
        from.current = null
      }}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
        if (by === undefined) return
        event.preventDefault()
        onWidth(width + sign * by)
      }}
    />
  )
}
