/** Ladders as a test wants them. */
import { type Ladders, type Owner, type Rung, type RungSet, type Shape, tells } from './ladder'

export const OF_ALL: Owner = {
  hospital_id: '',
  agreement_id: null,
  number: '',
  branch_id: '',
  may_edit: true,
}
export const OF_WUXI: Owner = { ...OF_ALL, hospital_id: 'wuxi', branch_id: 'wuxi', may_edit: false }
export const SHAPE: Shape = {
  ladder: 'approval',
  to: ['asked', 'role'],
  at_hub: ['coordinator'],
  at_branch: ['duty_officer', 'reviewer'],
  until_taken: false,
  within: null,
  only_lasts: false,
}
const rung = (when: Rung['when'], minutes: number, who: string): Rung => ({
  when,
  minutes,
  counted: 'elapsed',
  again: false,
  ...tells(who),
})
export const REVIEWER = rung('after', 10, 'role:branch:duty_officer')
const DUE = rung('due', 0, 'asked')

type More = Partial<RungSet> & { hospital_id: string }

/** The default of all, and what else is given. */
export const ladders = (more: More[] = []): Ladders => ({
  shapes: [SHAPE],
  owners: [OF_ALL, OF_WUXI],
  scopes: [{ hospital_id: '', valid_from: '2020-01-01T00:00:00Z' }, ...more].map(
    ({ hospital_id, ...set }) => ({
      version: 1,
      ladder: 'approval',
      hospital_id,
      agreement_id: null,
      urgency: null,
      sets: [
        {
          valid_from: '2020-01-01T00:00:00Z',
          until: null,
          saved_at: null,
          saved_by: null,
          rungs: [DUE, REVIEWER],
          ...set,
        },
      ],
    }),
  ),
})
