import { describe, expect, it } from 'vitest'
import { distanceTo, nextRun } from './order'

const run = (missing: number[], shown: number, count = 100) =>
  nextRun(count, shown, (index) => missing.includes(index), 4)
const all = Array.from({ length: 100 }, (_, index) => index)

describe('the next frames', () => {
  it('begin with the shown one alone, then go outward in runs', () => {
    expect(run(all, 50)).toEqual([50])
    const lacking = (...here: number[]) => all.filter((index) => !here.includes(index))
    expect(run(lacking(50), 50)).toEqual([51, 52, 53, 54])
    expect(run(lacking(50, 51, 52, 53, 54), 50)).toEqual([49, 48, 47, 46])
  })

  it('skip what is here, and end with the series', () => {
    expect(run([51, 52, 54], 50)).toEqual([51, 52])
    expect(run([1, 0], 50)).toEqual([1, 0])
    expect(run([98, 99], 0)).toEqual([98, 99])
    expect(run([], 50)).toEqual([])
    expect(run([0], 0, 0)).toEqual([])
  })

  it('are as far as the nearest of them', () => {
    expect(distanceTo([49, 48, 47], 50)).toBe(1)
    expect(distanceTo([49, 48, 47], 48)).toBe(0)
  })
})
