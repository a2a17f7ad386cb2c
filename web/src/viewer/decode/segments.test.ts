import { describe, expect, it } from 'vitest'
import { expanded } from './segments'

const words = (...all: number[]) => new Uint8Array(new Uint16Array(all).buffer)

describe('a segmented palette', () => {
  it('has values as they are, lines, and segments repeated by their place in bytes', () => {
    const all = expanded(words(0, 2, 10, 20, 1, 2, 40, 2, 1, 8, 0), 2)
    expect([...all]).toEqual([10, 20, 30, 40, 40, 40])
    expect([...expanded(new Uint8Array([0, 1, 9, 1, 3, 0, 0]), 1)]).toEqual([9, 6, 3, 0])
  })

  it('that is damaged is refused and does not run on', () => {
    for (const bad of [
      words(1, 5, 9),
      words(2, 1, 0, 0),
      words(0, 0, 0),
      words(3, 1, 1),
      words(0, 1, 7, 2, 9, 0xffff, 0xffff),
      words(0, 1, 7, 2, 0xffff, 6, 0),
    ]) {
      expect(() => expanded(bad, 2)).toThrow('damaged')
    }
  })
})
