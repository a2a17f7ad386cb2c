import { expect, it } from 'vitest'
import { before, filled, slotFrom, slotsOf } from './slots'

const TEXT = '肺：纹理【清晰|增多】，结节长径 【__ mm】。\n【注】不是选项。'

it('finds choices and blanks, and leaves other brackets', () => {
  expect(slotsOf(TEXT).map(({ options }) => options)).toEqual([['清晰', '增多'], null])
  expect(slotsOf('【未见\n|可见】')).toEqual([])
  expect(slotsOf('【a｜ b 】')[0]?.options).toEqual(['a', 'b'])
})

it('goes from one to the next and round', () => {
  const [first, second] = slotsOf(TEXT)
  expect(slotFrom(TEXT, 0)).toEqual(first)
  expect(slotFrom(TEXT, 5)).toEqual(second)
  expect(slotFrom(TEXT, 30)).toEqual(first)
  expect(slotFrom('无', 0)).toBeNull()
})

it('fills one in and says what it is about', () => {
  const [first, second] = slotsOf(TEXT)
  if (!first || !second) throw new Error('no slots')
  expect(filled(TEXT, first, '增多')).toContain('肺：纹理增多，结节')
  expect([before(TEXT, first), before(TEXT, second)]).toEqual(['肺：纹理', '肺：结节长径 '])
})
