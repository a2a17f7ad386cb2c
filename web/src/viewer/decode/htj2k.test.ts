import { describe, expect, it } from 'vitest'
import { checked, checkHeader } from './htj2k'
import type { Layout } from './wire'

const LAYOUT: Layout = {
  rows: 1,
  columns: 1,
  samples: 1,
  photometric: 'MONOCHROME2',
  planar: false,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  signed: true,
  padding: null,
  embedded: [],
}
const stream = (...end: number[]) => new Uint8Array([0xff, 0x4f, 0xff, 0x51, ...end])

describe('a codec that never throws', () => {
  it('is not believed when it speaks of a bad header or an error', () => {
    expect(() => checkHeader({})).not.toThrow()
    const well = { getIsHeaderValid: () => true, getLastErrorMessage: () => '' }
    expect(() => checkHeader(well)).not.toThrow()
    expect(() => checkHeader({ ...well, getIsHeaderValid: () => false })).toThrow('bad header')
    expect(() => checkHeader({ ...well, getLastErrorMessage: () => 'ojph' })).toThrow('ojph')
  })

  it('is not given a stream that is cut off', () => {
    expect(() => checked(stream(0xff, 0xd9), LAYOUT)).not.toThrow()
    expect(() => checked(stream(0xff, 0xd9, 0), LAYOUT)).not.toThrow()
    for (const end of [[], [0xff], [0xd9], [0xff, 0xd9, 7]]) {
      expect(() => checked(stream(...end), LAYOUT)).toThrow('cut off')
    }
  })

  it('is not given signed 8-bit values, which it would limit to 0 to 255', () => {
    const bytes = stream(0xff, 0xd9)
    expect(() => checked(bytes, { ...LAYOUT, bitsAllocated: 8 })).toThrow('8-bit')
  })
})
