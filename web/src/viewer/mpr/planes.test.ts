import { expect, test } from 'vitest'
import type { Vec3 } from '../types'
import { resliced } from './cpu'
import { type Grid, gridOf } from './grid'
import { actionOf, KEYS } from './keys'
import { edgesOf, fitOf, halfSlab, planesOf, WHOLE } from './planes'
import { changed, initial, presetOf, sliceOf } from './state'
import { slices } from './testing'
import type { Volume } from './volume'

const grid = gridOf(slices(30)) as Grid
const volume: Volume = {
  ...grid,
  values: Int16Array.from({ length: 6 * 4 * 30 }, (_, n) => n),
  min: 0,
  max: 719,
  lossy: false,
}
const planes = planesOf(grid)

test('planes hang as in a reading room, with their letters', () => {
  expect(edgesOf(grid, planes.axial)).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' })
  expect(edgesOf(grid, planes.coronal)).toEqual({ left: 'R', right: 'L', top: 'H', bottom: 'F' })
  expect(edgesOf(grid, planes.sagittal)).toEqual({ left: 'A', right: 'P', top: 'H', bottom: 'F' })
})

test('a sagittal series, from the left to the right, hangs the same', () => {
  const axes: Grid['axes'] = [
    [0, 1, 0],
    [0, 0, -1],
    [-1, 0, 0],
  ]
  const own = planesOf({ axes })
  expect(own.sagittal).toEqual({
    direction: 'sagittal',
    normal: 2,
    right: { axis: 0, sign: 1 },
    down: { axis: 1, sign: 1 },
  })
  expect(edgesOf({ axes }, own.axial)).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' })
})

test('a point of the screen is the voxel that is painted there, zoomed and moved too', () => {
  for (const plane of Object.values(planes)) {
    const fit = fitOf(grid, plane, { zoom: 3, pan: [2, -5] }, [400, 300])
    const voxel: Vec3 = [4, 1, 22]
    const found = fit.toVoxel(fit.toCanvas(voxel), voxel)
    for (const axis of [0, 1, 2] as const) expect(found[axis]).toBeCloseTo(voxel[axis])
  }
  const { scale } = fitOf(grid, planes.coronal, WHOLE, [300, 300])
  expect(scale).toBeCloseTo(300 / 45)
})

test('a plane and its slabs without a graphics processor', () => {
  const at = (x: number, y: number, z: number) => x + 6 * y + 24 * z
  // Coronal: from right to left, the head above.
  const coronal = resliced(volume, planes.coronal, 2, 0, 'max')
  expect(coronal.length).toBe(6 * 30)
  expect(coronal[0]).toBe(at(0, 2, 29))
  expect(coronal[6 * 29 + 5]).toBe(at(5, 2, 0))
  expect(resliced(volume, planes.axial, 10, 2, 'max')[0]).toBe(at(0, 0, 12))
  expect(resliced(volume, planes.axial, 10, 2, 'min')[0]).toBe(at(0, 0, 8))
  expect(resliced(volume, planes.axial, 10, 2, 'mean')[0]).toBe(at(0, 0, 10))
  // Beyond the edge of the volume there is nothing that counts.
  expect(resliced(volume, planes.axial, 0, 2, 'mean')[0]).toBe(at(0, 0, 1))
})

test('a slab takes in whole slices and no more than it says', () => {
  expect([0, 2.9, 3, 20].map((mm) => halfSlab(grid, planes.axial, mm))).toEqual([0, 0, 1, 6])
})

test('scrolling goes from the head down, from front to back and from right to left, and stops at the ends', () => {
  const state = initial(volume)
  expect(state.cursor).toEqual([2, 1, 14])
  expect(changed(state, { do: 'scroll', by: 3 }).cursor).toEqual([2, 1, 11])
  expect(sliceOf(state, 'axial')).toBe(16)
  expect(changed(state, { do: 'scroll', by: 1, plane: 'coronal' }).cursor).toEqual([2, 2, 14])
  expect(changed(state, { do: 'scroll', by: 99, plane: 'sagittal' }).cursor).toEqual([5, 1, 14])
  expect(sliceOf(changed(state, { do: 'ends', to: 'last' }), 'axial')).toBe(30)
  expect(changed(state, { do: 'cursor', to: [-3, 9, 3.4] }).cursor).toEqual([0, 3, 3])
})

test('windows are the presets of the viewer, by their keys', () => {
  let state = initial(volume)
  expect([state.voi, presetOf(state)]).toEqual([{ center: 40, width: 400 }, 'own'])
  state = changed(state, { do: 'preset', key: '2' })
  expect([state.voi, presetOf(state)]).toEqual([{ center: -600, width: 1500 }, 'lung'])
  state = changed(state, { do: 'preset', key: '9' })
  expect([state.voi, presetOf(state)]).toEqual([{ center: 360, width: 720 }, 'full'])
  state = changed(state, { do: 'window', voi: { center: 1, width: 2 } })
  expect(presetOf(state)).toBeNull()
})

test('the slab has bounds, and a reset leaves only the tool', () => {
  let state = changed(initial(volume), { do: 'tool', tool: 'pan' })
  expect(changed(state, { do: 'thicker', by: -1 }).slab).toBe(0)
  expect(changed(state, { do: 'slab', mm: 80 }).slab).toBe(50)
  state = changed(changed(state, { do: 'projection', to: 'next' }), { do: 'zoom', factor: 2 })
  expect([state.projection, state.looks.axial.zoom]).toEqual(['min', 2])
  expect(changed(state, { do: 'reset' })).toEqual({ ...initial(volume), tool: 'pan' })
})

test('each key does one thing, and those of the browser are left alone', () => {
  const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
    actionOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more })
  expect(press('ArrowDown')).toEqual({ do: 'scroll', by: 1 })
  expect(press('ArrowDown', { shiftKey: true })).toEqual({ do: 'pan', mm: [0, 10] })
  expect(press('?', { shiftKey: true })).toEqual({ do: 'help' })
  expect(press('M')).toEqual({ do: 'projection', to: 'next' })
  expect(press('r', { ctrlKey: true })).toBeNull()
  const all = KEYS.flatMap(({ keys, shift }) => keys.map((key) => `${shift ? 'Shift ' : ''}${key}`))
  expect(new Set(all).size).toBe(all.length)
})
