/** What the calendar and booking load with themselves; what they say of failures stands beside what administrators are
 *  told. */
import { scheduling } from './scheduling'
import { series } from './series'
import { timing } from './timing'

export const schedulingPart = {
  scheduling,
  series,
  timing,
  admin_problem: {
    begun: '已经开始，不能让出。',
    nothing_left: '没有剩余时间可添加。',
  },
}
