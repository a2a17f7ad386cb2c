/** The file of slips: quoted, and nothing in it is taken for a formula. */
import { expect, test } from 'vitest'
import { tableFile } from './tableFile'

test('what begins like a formula is text', () => {
  const file = tableFile([
    ['姓名', '工号'],
    ['=HYPERLINK("x")', '@1'],
    ['+1', '-1'],
  ])
  expect(file).toBe(`\ufeff"姓名","工号"\r\n"'=HYPERLINK(""x"")","'@1"\r\n"'+1","'-1"`)
})
