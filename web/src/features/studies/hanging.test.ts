import { describe, expect, it } from 'vitest'
import type { SeriesRef, StudyRef } from '../../viewer/types'
import { hangingFor, hung } from './hanging'
import type { StripSeries } from './SeriesStrip'

function one(uid: string, instances: number, prior = false, description = ''): StripSeries {
  const study = { hospital: 'wuxi', uid: prior ? 'old' : 'new', prior } as StudyRef
  return { study, series: { uid, instances, description, modality: 'CT' } as SeriesRef }
}

const shown = (found: readonly (StripSeries | null)[]) => found.map((each) => each?.series.uid)

describe('hanging', () => {
  it.each([
    ['CT', true, '1×2'],
    ['CT', false, '1×1'],
    ['MR', true, '2×2'],
    ['MR', false, '1×2'],
    ['DX', true, '1×2'],
    ['DX', false, '1×1'],
    ['MG', false, '2×2'],
    ['US', true, '1×1'],
  ])('of %s with a prior: %s is %s', (modality, prior, layout) => {
    const { rows, columns } = hangingFor(modality, prior)
    expect(`${rows}×${columns}`).toBe(layout)
  })

  const [plain, arterial] = [one('1', 206, false, '平扫'), one('2', 200, false, '动脉期')]
  const [scout, before] = [one('8', 2, true), one('9', 188, true, '平扫')]

  it('puts beside each series that of the prior which is most like it', () => {
    const found = hung([plain, arterial, scout, before], plain, { rows: 2, columns: 2 })
    expect(shown(found)).toEqual(['1', '9', '2', '9'])
  })

  it('without a prior shows the series in their order, and nothing twice', () => {
    const found = hung([plain, arterial], { ...arterial }, { rows: 2, columns: 2 })
    expect(shown(found)).toEqual(['2', '1', undefined, undefined])
  })

  it('of nothing is nothing', () => {
    expect(hung([], null, { rows: 1, columns: 2 })).toEqual([null])
  })
})
