import { beforeEach, expect, test, vi } from 'vitest'
import { type Call, type CallState, type LocalMedia, Store } from '../../../call'
import { lend, lentCall } from './beside'

const parent = { lentCall: null } as unknown as Window

beforeEach(() => {
  // This page stands in the frame of a device's page, which lends.
  vi.spyOn(window, 'parent', 'get').mockReturnValue(parent)
})

function lent() {
  const store = new Store({ phase: 'in' } as CallState)
  const media = { mute: vi.fn(async () => undefined), choose: vi.fn(async () => undefined) }
  const drawn: boolean[] = []
  const back = lend({ store } as unknown as Call, media as unknown as LocalMedia, (it) =>
    drawn.push(it),
  )
  parent.lentCall = window.lentCall ?? null
  return { store, media, drawn, back }
}

test('the page in the frame draws the call of the device, and switches its sound and picture', () => {
  const { store, media } = lent()
  const found = lentCall()
  const told = vi.fn()
  found?.subscribe(told)
  store.patch({ phase: 'ended' })
  expect(told).toHaveBeenCalledOnce()
  expect(found?.state().phase).toBe('ended')
  void found?.mute('mic', true)
  expect(media.mute).toHaveBeenCalledWith('mic', true)
})

test('with the frame it is taken back, and nothing of the page in it is held on to', () => {
  const { store, drawn, back } = lent()
  const told = vi.fn()
  lentCall()?.subscribe(told)
  lentCall()?.draws(true)
  back()
  store.patch({ phase: 'ended' })
  expect(told).not.toHaveBeenCalled()
  expect(drawn).toEqual([true, false])
  expect(window.lentCall).toBeNull()
})
