import { screen, within } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { changeLanguage } from '../../i18n'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { whole } from './content'
import { Lacks } from './Lacks'
import type { Content } from './queries'
import { RowsSection } from './RowsSection'

const OWNERS = [{ id: 'u4', name: '许知遥', name_en: 'Xu Zhiyao' }]
const FIRST = {
  ...{ key: 'first', kind: 'medicine' as const, text: '阿司匹林', due: 'today' as const },
  ...{ due_at: null, owner: '许知遥', owner_id: 'u4' },
}

/** The section with what the server would say is missing: the text and the time of each row after the first. */
function Page() {
  const [content, setContent] = useState<Content>(() =>
    whole({ analysis: '', diagnosis: '', no_advice: false, reservations: '', advice: [FIRST] }),
  )
  const { advice } = content
  const missing = advice.slice(1).flatMap(({ key }) => [`rows.${key}.text`, `rows.${key}.due`])
  return (
    <>
      <RowsSection
        section="advice"
        content={content}
        owners={OWNERS}
        missing={missing}
        onChange={(part) => setContent((before) => ({ ...before, ...part }))}
      />
      <Lacks missing={missing} content={content} />
    </>
  )
}

beforeEach(() => {
  changeLanguage('zh-CN')
})

test('a new row is empty but for its owner, is typed into at once, and is the one that lacks something', async () => {
  const { user } = openPage({
    ...{ path: '/', at: '/', page: Page, session: session('expert'), answers: {} },
  })
  await user.click(screen.getByRole('button', { name: '会诊意见：添加一条' }))
  const field = (n: number) => screen.getByRole('textbox', { name: `第 ${n} 条内容` })
  expect(document.activeElement).toBe(field(2))
  expect(screen.getByRole('alert').textContent).toBe('还缺：第 2 条（内容、时限）')
  expect(field(1).className).not.toContain('error')
  expect(field(2).className).toContain('error')
  await user.keyboard(' 卧床')
  expect(within(screen.getByRole('region')).getAllByRole('listitem')).toHaveLength(2)
  expect([field(1), field(2)].map((each) => (each as HTMLTextAreaElement).value)).toEqual([
    '阿司匹林',
    ' 卧床',
  ])
})
