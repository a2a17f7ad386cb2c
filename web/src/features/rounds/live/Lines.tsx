/** What was said for the note and asked by those who follow, at this bed. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import css from './bed.module.css'
import { useLive } from './context'
import { type Bed, type Item, takesWords } from './queries'
import { SayForm } from './SayForm'

export function Lines({ item, bed }: { item: Item; bed: Bed }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const { named } = usePeopleWords()
  const { round, is } = useLive()
  // Who follows has the field beside, in the place of the pad.
  const writes = takesWords(round) && is('lead')
  if (!writes && bed.lines.length === 0) return null
  return (
    <section className={css.box} aria-label={t('rounds_live.say.title')}>
      <h2>{t('rounds_live.say.title')}</h2>
      <ul className={css.lines}>
        {bed.lines.map((each) => (
          <li key={each.id}>
            <span className="secondary small">
              {time(each.at)} {named(each.by)}
            </span>
            {each.kind === 'ask' && <Pill tone="brand">{t('rounds_live.say.ask')}</Pill>}
            <span>{each.text}</span>
          </li>
        ))}
      </ul>
      {writes && <SayForm item={item} />}
    </section>
  )
}
