/** How a person and a hospital are written in the language of the page. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { sessionQuery } from '../api/queries'

type Named = { name: string; name_en?: string | null }

export function usePeopleWords() {
  const { t, i18n } = useTranslation()
  const { data } = useQuery(sessionQuery())
  const named = ({ name, name_en }: Named) => (i18n.language === 'en' && name_en ? name_en : name)
  return {
    /** The name of a person, department or venue in the page's language. */
    named,
    /** 王怀瑾 主任医师 */
    withTitle: (person: Named & { title: Schemas['Title'] }) =>
      `${named(person)} ${t(`title.${person.title}`)}`,
    hospital: (id: string) => {
      const found = data?.hospitals.find((hospital) => hospital.id === id)
      return found ? named(found) : id
    },
  }
}
