/** 本床记录: what is written for the note, also what has not arrived yet. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import type { Waiting } from '../live/act'
import { bedQuery, type Item } from '../live/queries'
import { SayForm } from '../live/SayForm'
import css from './bed.module.css'

export function NoteHere({ item, waiting }: { item: Item; waiting: readonly Waiting[] }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { named } = usePeopleWords()
  const { data: bed } = useQuery(bedQuery(item.id))
  const arrived = new Set(bed?.lines.map(({ id }) => id))
  const here = waiting.filter(({ id, kind, item_id }) => {
    return item_id === item.id && (kind === 'say' || kind === 'ask') && !arrived.has(id)
  })
  return (
    <section className={css.note} aria-label={t('rounds_cart.lines.title')}>
      <ul>
        {bed?.lines.map((each) => (
          <li key={each.id}>
            <span className="secondary">
              {time(each.at)} {named(each.by)}
            </span>{' '}
            {each.text}
          </li>
        ))}
        {here.map(({ id, text }) => (
          <li key={id}>
            <Pill tone="urgent">{t('rounds_cart.lines.kept')}</Pill> {text}
          </li>
        ))}
      </ul>
      <SayForm item={item} />
    </section>
  )
}
