import { describe, expect, it } from 'vitest'
import { type Frame, framesOf, instanceOf } from '../dicom/frame'
import { pointOf, type Shown } from '../shown'
import type { Place } from '../types'
import { Marks } from './marks'
import { pointerOn } from './pointers'

function frameOf(hospital: string): Frame {
  const instance = instanceOf(hospital, {
    '00080018': { vr: 'UI', Value: ['1.1'] },
    '0020000D': { vr: 'UI', Value: ['1.2'] },
    '00280010': { vr: 'US', Value: [100] },
    '00280011': { vr: 'US', Value: [100] },
  })
  const [frame] = instance ? framesOf(instance) : []
  if (!frame) throw new Error('no frame')
  return frame
}

describe('two archives with the same SOP Instance UID', () => {
  const [wuxi, suzhou] = [frameOf('wuxi'), frameOf('suzhou')]
  const place: Place = {
    hospital: 'wuxi',
    study: '1.2',
    series: '',
    instance: '1.1',
    frame: 1,
    column: 3,
    row: 4,
    patient: null,
    frameOfReference: null,
  }

  it('do not share their lengths', () => {
    const marks = new Marks()
    const points = [
      [0, 0],
      [3, 4],
    ] as const
    marks.kept.put(wuxi, { id: 'a', kind: 'length', points, text: '' })
    expect(marks.kept.on(wuxi)).toHaveLength(1)
    expect(marks.kept.on(suzhou)).toHaveLength(0)
  })

  it('do not share a pointer', () => {
    expect(pointerOn(wuxi, { id: 'x', place })).toEqual([3, 4])
    expect(pointerOn(suzhou, { id: 'x', place })).toBeNull()
    const shown = (frame: Frame) => ({ frame, matrix: [1, 0, 0, 1, 0, 0] }) as unknown as Shown
    expect(pointOf(shown(wuxi), place)).toEqual([3, 4])
    expect(pointOf(shown(suzhou), place)).toBeNull()
  })
})
