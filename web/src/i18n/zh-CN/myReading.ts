/** 首页上阅片医师自己的数字。 */
export const my_reading = {
  title: '我的阅片',
  note: '近30天，从资料齐全到发布',
  to_write: '待写',
  in_review: '待审核',
  issued: '已发布',
  too_few: '可统计的报告不足5份，暂不计算用时。',
  took: '中位用时 {{median}}，90%的报告在 {{ninetieth}} 内发布。',
  in_time: '按时 {{share}}%（{{in_time}}/{{reports}}）',
  desk: '全科认领 {{claims}} 次，其中接手同事的 {{taken_over}} 次，越过更急的 {{out_of_order}} 次；原因在每份阅片的记录里。',
}
