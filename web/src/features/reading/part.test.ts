import { expect, it } from 'vitest'
import { partOf, sideOf } from './part'

it.each([
  ['主动脉 CTA', 'chest', 'none'],
  ['上腹部增强 CT', 'abdomen', 'none'],
  ['右肩关节磁共振', 'upper_limb', 'right'],
  ['双膝 MR', 'lower_limb', 'both'],
  ['头颅 CT 平扫', 'head', 'none'],
  ['颈椎 MR', 'spine', 'none'],
  ['经胸超声心动图', 'heart', 'none'],
  ['全身骨显像', 'whole_body', 'none'],
  ['Left knee MR', 'lower_limb', 'left'],
  ['Localizer', null, 'none'],
] as const)('reads part and side from %s', (name, part, side) => {
  expect([partOf(name), sideOf(name)]).toEqual([part, side])
})
