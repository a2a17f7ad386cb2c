import { act, renderHook } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { keptOf, moved, rangesOf, within } from './presets'
import { usePresets } from './usePresets'

beforeEach(() => localStorage.clear())

/** A camera that pans and zooms and does not tilt. */
function camera(can: object = { pan: { min: -160, max: 160 }, zoom: { min: 1, max: 9 } }) {
  const turned: object[] = []
  const track = {
    getCapabilities: () => can,
    getSettings: () => ({ pan: 0, zoom: 1 }),
    applyConstraints: vi.fn(async ({ advanced }: { advanced: object[] }) => {
      turned.push(advanced[0] as object)
    }),
  } as unknown as MediaStreamTrack
  return { track, turned }
}

test('a camera that cannot be steered has no presets', () => {
  expect(rangesOf(null)).toBeNull()
  expect(rangesOf(camera({ width: { min: 1, max: 1920 } }).track)).toBeNull()
  expect(rangesOf(camera({ zoom: { min: 1, max: 1 } }).track)).toBeNull()
  expect(rangesOf({} as MediaStreamTrack), 'Firefox has no capabilities').toBeNull()
  const { result } = renderHook(() => usePresets(null, 'w5', '07'))
  expect(result.current).toBeNull()
})

test('it moves by a sixteenth of what it can, and never beyond', () => {
  const ranges = { pan: { min: -160, max: 160 } }
  expect(moved({ pan: 0 }, ranges, 'pan', 1)).toEqual({ pan: 20 })
  expect(moved({ pan: 155 }, ranges, 'pan', 1)).toEqual({ pan: 160 })
  expect(moved({ pan: 0 }, ranges, 'tilt', 1)).toEqual({ pan: 0 })
  expect(within({ pan: 900, tilt: 3 }, ranges)).toEqual({ pan: 160 })
})

test('where it looks is kept by bed, and it looks there again with the bed', async () => {
  const { track, turned } = camera()
  const hook = renderHook(({ bed }) => usePresets(track, 'w5', bed), {
    initialProps: { bed: '07' },
  })
  expect(turned, 'nothing is kept of this bed').toEqual([])
  act(() => hook.result.current?.choose('monitor'))
  act(() => hook.result.current?.move('pan', 1))
  act(() => hook.result.current?.move('zoom', 1))
  expect(turned.at(-1)).toEqual({ pan: 20, zoom: 1.5 })
  hook.rerender({ bed: '09' })
  expect(hook.result.current?.on, 'of another bed nothing is known').toBeNull()
  const before = turned.length
  hook.rerender({ bed: '07' })
  expect(hook.result.current?.on).toBe('monitor')
  expect(turned.slice(before)).toEqual([{ pan: 20, zoom: 1.5 }])
  // What is kept says nothing of who lies there.
  expect(Object.keys(localStorage)).toEqual(['round-camera/w5/07'])
  expect(keptOf('w5', '07')).toEqual({ last: 'monitor', at: { monitor: { pan: 20, zoom: 1.5 } } })
})

test('a camera that does not move is said', async () => {
  const { track } = camera()
  vi.mocked(track.applyConstraints).mockRejectedValue(new Error('busy'))
  const { result } = renderHook(() => usePresets(track, 'w5', '07'))
  act(() => result.current?.move('pan', -1))
  await vi.waitFor(() => expect(result.current?.failed).toBe(true))
})
