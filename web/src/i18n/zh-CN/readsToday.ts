/** 医务科的首页。 */
export const reads_today = {
  title: '今日查阅',
  note: '本院患者的资料被查阅的次数',
  reads: '查阅',
  of_other_hospitals: '外院人员',
  outside_department: '非经治科室',
  break_glass: '紧急查阅',
  refused: '被拒绝',
}
