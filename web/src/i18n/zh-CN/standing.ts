/** 顶栏上的值守标签。 */
export const standing = {
  on: '值守中 至 {{at}}',
  away: '暂离 至 {{at}}',
}
