import { afterEach, expect, test, vi } from 'vitest'
import { whenCalledAway } from './calledAway'

const open: BroadcastChannel[] = []
const tab = (room: string) => {
  const leave = vi.fn()
  const line = whenCalledAway(room, leave)
  open.push(line)
  return { leave, line }
}
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

test('a tab in another room leaves it; a second one of the same room, and who calls, stay', async () => {
  const [elsewhere, beside, here] = [tab('r1'), tab('r2'), tab('r2')]
  here.line.postMessage('r2')
  await expect.poll(() => elsewhere.leave).toHaveBeenCalledOnce()
  expect(beside.leave).not.toHaveBeenCalled()
  expect(here.leave).not.toHaveBeenCalled()
})
