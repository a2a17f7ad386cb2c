import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Cine, stayOf } from './cine'
import { type Frame, framesOf, instanceOf } from './dicom/frame'
import type { Dataset } from './dicom/json'
import type { Viewer } from './viewer'

function framesWith(more: Dataset): Frame[] {
  const instance = instanceOf('wuxi', {
    '00080018': { vr: 'UI', Value: ['1.1'] },
    '0020000E': { vr: 'UI', Value: ['1.2'] },
    '00280008': { vr: 'IS', Value: [3] },
    '00280010': { vr: 'US', Value: [10] },
    '00280011': { vr: 'US', Value: [10] },
    ...more,
  })
  return instance ? framesOf(instance) : []
}

const staysWith = (more: Dataset) => framesWith(more).map(stayOf)

describe('how long a frame stays', () => {
  const all = (stay: number, own = true) => Array(3).fill({ stay, own })
  it.each([
    ['the recommended rate', { '00082144': { vr: 'IS', Value: [25] } }, all(40)],
    ['the cine rate', { '00180040': { vr: 'IS', Value: [20] } }, all(50)],
    ['the frame time', { '00181063': { vr: 'DS', Value: [33.33] } }, all(33.33)],
    ['nothing', {}, all(100, false)],
  ])('comes from %s', (_, more, stays) => {
    expect(staysWith(more)).toEqual(stays)
  })

  it('comes frame by frame from the times between them', () => {
    const stays = staysWith({ '00181065': { vr: 'DS', Value: [0, 40, 80] } })
    expect(stays.map(({ stay }) => stay)).toEqual([40, 80, 80])
  })
})

describe('a film', () => {
  const frames = framesWith({ '00181063': { vr: 'DS', Value: [40] } })
  const hint = vi.fn()
  const playing = vi.fn()
  let here = true
  let index = 0
  const shownNow = () => ({ frame: frames[index] as Frame, index })
  const viewer = {
    count: 3,
    current: () => (here ? shownNow() : null),
    scrollTo: (n: number) => {
      index = n
    },
    screen: {
      get shown() {
        return shownNow()
      },
      overlay: { hint },
      words: { cine: (rate: string, own: boolean) => `${rate} ${own}` },
    },
  }
  let cine: Cine

  beforeEach(() => {
    vi.useFakeTimers()
    here = true
    index = 1
    cine = new Cine(viewer as unknown as Viewer, playing)
    cine.start()
  })
  afterEach(() => {
    cine.dispose()
    vi.useRealTimers()
    vi.clearAllMocks()
  })

  it('goes round at its rate, which it says', () => {
    expect(hint).toHaveBeenLastCalledWith('25 true')
    vi.advanceTimersByTime(40)
    expect(index).toBe(2)
    vi.advanceTimersByTime(40)
    expect(index).toBe(0)
  })

  it('waits for a frame that is not here', () => {
    here = false
    vi.advanceTimersByTime(400)
    expect(index).toBe(1)
    here = true
    vi.advanceTimersByTime(40)
    expect(index).toBe(2)
  })

  it('ends when nobody sees it', () => {
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    document.dispatchEvent(new Event('visibilitychange'))
    hidden.mockRestore()
    vi.advanceTimersByTime(400)
    expect(index).toBe(1)
    expect(playing).toHaveBeenLastCalledWith(false)
  })
})
