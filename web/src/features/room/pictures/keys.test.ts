import { fireEvent, renderHook } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useKeys } from './keys'

test('a held key acts once', () => {
  const mute = vi.fn()
  renderHook(() => useKeys({ m: mute }))
  fireEvent.keyDown(document.body, { key: 'm' })
  fireEvent.keyDown(document.body, { key: 'm', repeat: true })
  fireEvent.keyDown(document.body, { key: 'm', repeat: true })
  expect(mute).toHaveBeenCalledTimes(1)
  fireEvent.keyDown(document.body, { key: 'm' })
  expect(mute).toHaveBeenCalledTimes(2)
})
