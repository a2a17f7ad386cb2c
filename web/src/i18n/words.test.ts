/** Words that were replaced once and shall not come back, and words that one language lacks. */
import { expect, it } from 'vitest'
import { zh } from './zh-CN'

/** Each has a better one in the same place. */
const GONE: readonly string[] = [
  '提交签署', // 提交审核
  '上级医师签署', // 上级医师审签
  '点此选择', // 选择文件
  '先求助', // 先呼叫
  '先不做', // 取消
  '看打印件', // 预览记录单
  '无已知过敏', // 否认过敏史
  '未标注危重', // 非危重
  '原始窗', // 默认窗
  '影像头', // 影像文件
  '谁到了', // 到场情况
  '断网不丢', // 断网不影响会诊
  '毫秒连通', // 延迟 16 毫秒
  '占用时间', // 日程
  '被他人改过', // 已在另一窗口修改
  '影 {{', // 图 1
]

it('says none of the words that were replaced', () => {
  const said = JSON.stringify(zh)
  expect(GONE.filter((word) => said.includes(word))).toEqual([])
})

/** Where a language says nothing: `key.key` of whichever file, because files are made of others. */
function silent(files: Record<string, Record<string, unknown>>): string[] {
  const found: string[] = []
  const look = (at: string, said: unknown): void => {
    if (said === '') found.push(at)
    else if (typeof said === 'object' && said !== null)
      for (const [key, inner] of Object.entries(said)) look(at ? `${at}.${key}` : key, inner)
  }
  for (const file of Object.values(files)) for (const said of Object.values(file)) look('', said)
  return [...new Set(found)].sort()
}

it('says nothing in one language only where it says nothing in the other', () => {
  const english = silent(import.meta.glob<Record<string, unknown>>('./en/*.ts', { eager: true }))
  const chinese = silent(
    import.meta.glob<Record<string, unknown>>(['./zh-CN/*.ts', '!./zh-CN/index.ts'], {
      eager: true,
    }),
  )
  expect(english).toEqual(chinese)
})
