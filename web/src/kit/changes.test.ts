import { expect, test } from 'vitest'
import { changeOf } from './changes'

test.each([
  ['左肺结节', '左肺结节', null],
  ['左肺结节', '左肺结节，随访', ['左肺结节', '', '，随访', '']],
  ['左肺上叶结节。', '左肺下叶结节。', ['左肺', '上', '下', '叶结节。']],
  ['aaa', 'aa', ['aa', 'a', '', '']],
  ['', '新', ['', '', '新', '']],
])('from %s to %s', (from, to, parts) => {
  const found = changeOf(from, to)
  expect(found && [found.before, found.removed, found.added, found.after]).toEqual(parts)
})
