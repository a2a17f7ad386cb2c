/** Whom the expert may propose as owner of an advice: first the doctors of the case, then the branch's others. */
import { useQuery } from '@tanstack/react-query'
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
  const near = [consultation?.requester, consultation?.accompanying].filter((each) => each != null)
  const others = (data ?? []).filter(({ title }) => DOCTORS.includes(title))
  const all = [...near, ...others].map(({ id, name, name_en }) => ({ id, name, name_en }))
  return all.filter((each, i) => all.findIndex(({ id }) => id === each.id) === i)
}
