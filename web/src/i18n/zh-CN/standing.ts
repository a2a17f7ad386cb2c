/** 顶栏上的值守标签。 */
export const standing = {
  on: '值守中 至 {{at}}',
  asked: '有同事请您接班',
  away: '暂离 至 {{at}}',
}
