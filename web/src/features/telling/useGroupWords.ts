/** How the group of a robot is called: a department, or all with a role. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { departmentsQuery } from '../../consultation/queries'
import { usePeopleWords } from '../../kit/people'
import type { Robot } from './queries'

export function useGroupWords() {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const { data: departments = [] } = useQuery(departmentsQuery())
  return ({ role, department_id }: Pick<Robot, 'role' | 'department_id'>) => {
    const department = departments.find(({ id }) => id === department_id)
    if (department) return named(department)
    return role ? t('telling.robot.all', { role: t(`role.${role}`) }) : ''
  }
}
