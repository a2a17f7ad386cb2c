/** Whom the expert may propose as owner of an advice: first the doctors of the case, then the branch's others. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Schemas } from '../../api/client'
import { staffQuery } from '../../consultation/queries'
import type { Owner } from './RowFields'

const DOCTORS: readonly Schemas['Title'][] = [
  'resident',
  'attending',
  'associate_chief',
  'chief',
  'nurse',
]

export function useOwners(consultation: Schemas['ConsultationOut'] | undefined): Owner[] {
  const hospital = consultation?.branch_id ?? ''
  const { data } = useQuery({ ...staffQuery(hospital), enabled: hospital !== '' })
  return useMemo(() => {
    const near = [consultation?.requester, consultation?.accompanying]
    const others = (data ?? []).filter(({ title }) => DOCTORS.includes(title))
    const owners = new Map<string, Owner>() // a hospital may have thousands
    for (const each of [...near, ...others])
      if (each && !owners.has(each.id))
        owners.set(each.id, { id: each.id, name: each.name, name_en: each.name_en })
    return [...owners.values()]
  }, [consultation?.requester, consultation?.accompanying, data])
}
