import { afterEach, expect, test, vi } from 'vitest'
import { callAway, whenCalledAway } from './calledAway'

const stops: (() => void)[] = []
const tab = (room: string) => {
  const leave = vi.fn()
  stops.push(whenCalledAway(room, leave))
  return leave
}
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

test('a tab in another room leaves it; one of the same room, and the tab that calls, stay', async () => {
  const [elsewhere, there] = [tab('r1'), tab('r2')]
  callAway('r2') // from this tab
  callAway('r2', 'another tab')
  await expect.poll(() => elsewhere).toHaveBeenCalledOnce()
  expect(there).not.toHaveBeenCalled()
})
