/** A name that opens a card with the person's title, hospital and telephone. */
import { Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import css from './PersonName.module.css'
import { usePeopleWords } from './people'

export type CardPerson = {
  name: string
  name_en: string
  title: Schemas['Title']
  /** Hospital and department, in words. */
  from: string
  phone?: string
}

export function PersonName({ person }: { person: CardPerson }) {
  const { t } = useTranslation()
  const { named, withTitle } = usePeopleWords()
  const card = (
    <div className={css.card}>
      <b>{withTitle(person)}</b>
      <span className="secondary">{person.from}</span>
      {person.phone ? (
        <a href={`tel:${person.phone.replace(/\s/g, '')}`}>{person.phone}</a>
      ) : (
        <span className="secondary small">{t('person.no_phone')}</span>
      )}
    </div>
  )
  return (
    <Dropdown popupRender={() => card} trigger={['click']}>
      <button type="button" className={css.name} aria-haspopup="dialog">
        {named(person)}
      </button>
    </Dropdown>
  )
}
