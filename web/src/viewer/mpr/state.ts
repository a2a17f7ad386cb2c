/** What is seen of a volume, and what changes it; the page paints it. */
import type { Vec2, Vec3, Voi } from '../types'
import type { SliceDirection } from '../view/orientation'
import { besideOwn, type PresetName, presetsFor, sameVoi } from '../view/voi'
import { PROJECTIONS, type Projection } from './painter'
import { DIRECTIONS, type Look, planesOf, WHOLE } from './planes'
import { fullWindow, ownWindow, type Volume } from './volume'

export const TOOLS = ['cross', 'window', 'zoom', 'pan'] as const
export type Tool = (typeof TOOLS)[number]
export const THICKEST_MM = 50
const ZOOM = { least: 0.5, most: 16 } as const

export type State = {
  volume: Volume
  /** The voxel in which the three planes meet. */
  cursor: Vec3
  /** Millimetres; 0 is one slice. */
  slab: number
  projection: Projection
  voi: Voi
  looks: Record<SliceDirection, Look>
  tool: Tool
  /** The plane that the keys mean. */
  plane: SliceDirection
  /** Whether the lines are drawn. */
  lines: boolean
}

export type Act =
  | { do: 'scroll'; by: number; plane?: SliceDirection }
  | { do: 'ends'; to: 'first' | 'last' }
  | { do: 'cursor'; to: Vec3 }
  | { do: 'plane'; to: SliceDirection | 'next' }
  | { do: 'slab'; mm: number }
  | { do: 'thicker'; by: number }
  | { do: 'projection'; to: Projection | 'next' }
  | { do: 'window'; voi: Voi }
  | { do: 'preset'; key: string }
  | { do: 'zoom'; factor: number; plane?: SliceDirection }
  | { do: 'pan'; mm: Vec2; plane?: SliceDirection }
  | { do: 'tool'; tool: Tool }
  | { do: 'lines' }
  | { do: 'reset' }

export const modalityOf = (volume: Volume): string => volume.frames[0]?.instance.modality ?? ''

/** The middle of the volume, each slice by itself, in the file's own window. */
export const initial = (volume: Volume): State => ({
  volume,
  cursor: volume.size.map((n) => Math.floor((n - 1) / 2)) as unknown as Vec3,
  slab: 0,
  projection: 'max',
  voi: ownWindow(volume),
  looks: { axial: WHOLE, coronal: WHOLE, sagittal: WHOLE },
  tool: 'cross',
  plane: 'axial',
  lines: true,
})

export function changed(state: State, act: Act): State {
  const { volume, plane } = state
  switch (act.do) {
    case 'scroll':
      return { ...state, cursor: scrolled(state, act.plane ?? plane, act.by) }
    case 'ends':
      return {
        ...state,
        cursor: scrolled(
          state,
          plane,
          act.to === 'first' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
        ),
      }
    case 'cursor':
      return { ...state, cursor: within(volume, act.to) }
    case 'plane':
      return { ...state, plane: act.to === 'next' ? after(DIRECTIONS, plane) : act.to }
    case 'slab':
      return { ...state, slab: clamped(act.mm, 0, THICKEST_MM) }
    case 'thicker':
      return { ...state, slab: clamped(state.slab + act.by, 0, THICKEST_MM) }
    case 'projection':
      return {
        ...state,
        projection: act.to === 'next' ? after(PROJECTIONS, state.projection) : act.to,
      }
    case 'window':
      return { ...state, voi: act.voi }
    case 'preset':
      return { ...state, voi: presetWindow(volume, act.key) ?? state.voi }
    case 'zoom':
      return looked(state, act.plane ?? plane, ({ zoom, pan }) => ({
        zoom: clamped(zoom * act.factor, ZOOM.least, ZOOM.most),
        pan,
      }))
    case 'pan':
      return looked(state, act.plane ?? plane, ({ zoom, pan }) => ({
        zoom,
        pan: [pan[0] + act.mm[0], pan[1] + act.mm[1]],
      }))
    case 'tool':
      return { ...state, tool: act.tool }
    case 'lines':
      return { ...state, lines: !state.lines }
    case 'reset':
      return { ...initial(volume), tool: state.tool, plane }
  }
}

const clamped = (n: number, least: number, most: number) => Math.min(most, Math.max(least, n))

function after<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length] as T
}

const within = ({ size }: Volume, to: Vec3): Vec3 =>
  to.map((n, axis) => clamped(Math.round(n), 0, (size[axis] as number) - 1)) as unknown as Vec3

/**
 * The order in which a plane is scrolled: an axial stack from the head down, as the viewer scrolls it; the others from
 * front to back, and from the patient's right to the left.
 */
function scrolled({ volume, cursor }: State, direction: SliceDirection, by: number): Vec3 {
  const { normal } = planesOf(volume)[direction]
  const to = [...cursor] as [number, number, number]
  to[normal] = clamped(to[normal] + by * forward(volume, direction), 0, volume.size[normal] - 1)
  return to
}

function forward(volume: Volume, direction: SliceDirection): 1 | -1 {
  const { axial, coronal } = planesOf(volume)
  if (direction === 'axial') return coronal.down.sign
  return direction === 'coronal' ? axial.down.sign : axial.right.sign
}

/** Where the shown slice stands among those of its plane, from 1. */
export function sliceOf({ volume, cursor }: State, direction: SliceDirection): number {
  const { normal } = planesOf(volume)[direction]
  return forward(volume, direction) > 0 ? cursor[normal] + 1 : volume.size[normal] - cursor[normal]
}

function looked(state: State, plane: SliceDirection, change: (look: Look) => Look): State {
  return { ...state, looks: { ...state.looks, [plane]: change(state.looks[plane]) } }
}

export const presetsIn = (volume: Volume) =>
  presetsFor(modalityOf(volume), volume.frames[0] ?? null)

function presetWindow(volume: Volume, key: string): Voi | null {
  const preset = presetsIn(volume).find((one) => one.key === key)
  if (!preset) return null
  if (preset.voi) return preset.voi
  if (preset.name === 'full') return fullWindow(volume)
  const [own, frame] = [ownWindow(volume), volume.frames[0]]
  return (frame && besideOwn(preset.name, own, frame)) ?? own
}

/** The preset whose window is shown; null: set by hand. */
export function presetOf({ volume, voi }: State): PresetName | null {
  const found = presetsIn(volume).find(({ key }) => {
    const window = presetWindow(volume, key)
    return window !== null && sameVoi(window, voi)
  })
  return found?.name ?? null
}
