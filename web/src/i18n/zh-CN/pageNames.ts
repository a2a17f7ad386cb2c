/** 多处用到的几个名称，其余在各自的页面里。 */
export const pageNames = {
  myAccount: { title: '我的账号' },
  rosters: { experts_of: '{{name}}专家' },
  telling: { menu: '通知方式' },
}
