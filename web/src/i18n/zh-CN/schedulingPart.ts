/** What the calendar and booking load with themselves; what they say of failures stands beside what administrators are
 *  told. */
import { recurring } from './recurring'
import { scheduling } from './scheduling'
import { series } from './series'
import { timing } from './timing'

export const schedulingPart = {
  recurring,
  scheduling,
  series,
  timing,
  admin_problem: {
    begun: '已经开始，不能让出。',
    nothing_left: '没有剩余时间可添加。',
    no_agreement_then: '到那一天，与其中一家医院没有有效的合作协议。请改到协议有效期内。',
    none_of_yours: '请至少选一位本院人员或一处本院场所。',
    person_left: '所选人员中有人已离职或停用，请改选接替的人员。',
  },
}
