/** The groups that a robot may belong to: the hospital's departments, and all with a role. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../api/session'
import { useSession } from '../../api/session'
import { departmentsQuery } from '../../consultation/queries'
import { usePeopleWords } from '../../kit/people'

/** The roles whose holders are told as a group. */
const HUB: readonly Role[] = ['coordinator', 'duty_officer', 'dispatcher', 'expert']
const BRANCH: readonly Role[] = [
  'reviewer',
  'duty_officer',
  'senior_doctor',
  'requesting_doctor',
  'radiographer',
]

export function useGroups() {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { actor, hospitals } = useSession()
  const { data: departments = [] } = useQuery(departmentsQuery())
  const hub = hospitals.some(({ id, kind }) => id === actor.hospital_id && kind === 'hub')
  return [
    ...(hub ? HUB : BRANCH).map((role) => ({
      value: `role:${role}`,
      label: t('telling.robot.all', { role: t(`role.${role}`) }),
    })),
    ...departments
      .filter(({ hospital_id }) => hospital_id === actor.hospital_id)
      .map((each) => ({ value: `department:${each.id}`, label: named(each) })),
  ]
}
