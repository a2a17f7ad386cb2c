/** Name and role of a member of a room: from what meets there if it knows them, else from signaling. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import type { Peer } from '../../../call'
import type { Consultation } from '../../../consultation/view'
import { usePeopleWords } from '../../../kit/people'

/** Signaling's words for roles, and the consultation's. */
const PARTS = {
  lead: 'lead',
  expert: 'expert',
  accompanying_physician: 'accompanying',
  guest: 'guest',
  cart: 'cart',
} as const
type Part = keyof typeof PARTS
type Title = Schemas['Title']

type Known = Pick<
  Schemas['PersonOut'],
  'id' | 'name' | 'name_en' | 'title' | 'department' | 'department_en'
>
/** What meets in a room: a consultation, or a reading that several look at together. */
export type Meeting = {
  id: string
  participants: readonly { person: Known }[]
  /** What its lead is called, where that is not a consultation's word. */
  leadIs?: string
} & Partial<Pick<Consultation, 'lead' | 'accompanying' | 'requester'>>

export type Named = { name: string; title: string; from: string; part: string }

export function usePeers(
  c: Meeting,
): (peer: Pick<Peer, 'sub' | 'name' | 'role' | 'hospital' | 'title'>) => Named {
  const { t, i18n } = useTranslation()
  const { named, hospital } = usePeopleWords()
  const known = [...c.participants.map(({ person }) => person), c.lead, c.accompanying, c.requester]
  const partOf = (role: string): string => {
    if (role === 'lead' && c.leadIs) return c.leadIs
    return role in PARTS ? t(`consultation.part.${PARTS[role as Part]}`) : ''
  }
  return ({ sub, name, role, hospital: at, title }) => {
    const person = known.find((each) => each?.id === sub)
    const department = person && named({ name: person.department, name_en: person.department_en })
    return {
      name: person ? named(person) : name,
      title: person
        ? t(`title.${person.title}`)
        : i18n.exists(`title.${title}`)
          ? t(`title.${title as Title}`)
          : '',
      from: [hospital(at), department].filter(Boolean).join(' '),
      part: partOf(role),
    }
  }
}
