/** What takes somebody's time, on every page that shows bookings. */
export const taken = {
  untitled: '已占用',
  kind: {
    consultation: '远程会诊',
    clinic: '门诊',
    teleclinic: '远程门诊',
    round: '查房',
    surgery: '手术',
    reading: '阅片',
    teaching: '教学',
    meeting: '会议',
    duty: '值班',
    maintenance: '设备检修',
    leave: '休假',
    other: '其他',
  },
}
