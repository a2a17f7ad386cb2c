/** 医院系统：申请单也用的词。 */
export const systemNames = {
  title: '医院系统',
  part: {
    patient: '患者',
    admission: '住院与病历',
    allergy: '过敏史',
    vitals: '生命体征',
    tests: '检验',
    orders: '医嘱',
  },
  fault: {
    not_allowed: '地址不在允许访问的范围内',
    away: '连接不上',
    slow: '没有及时应答',
    refused: '账号或密码不被接受，或无权读取',
    driver: '本系统没有安装所需的驱动',
    wrong: '应答与约定不符',
    encoding: '文字编码无法识别',
    too_long: '内容过长',
    other_patient: '返回的是另一位患者',
    two_patients: '一个号码对应多位患者',
    sealed: '密码无法读取，请重新录入',
  },
  left_out: '{{system}}未能带入：{{parts}}。请核对后手工填写。',
  left_out_part: '{{part}}（{{why}}）',
}
