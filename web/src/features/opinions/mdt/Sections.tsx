/** The sections of an MDT while its opinion is written: each with its expert, what is written, and what is signed. */
import { useTranslation } from 'react-i18next'
import { usePeopleWords } from '../../../kit/people'
import css from './mdt.module.css'
import { OneSection } from './OneSection'
import type { Mdt } from './queries'

export default function Sections({ id, mdt }: { id: string; mdt: Mdt }) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const members = mdt.sections.filter(({ member }) => member)
  const done = members.filter(({ awaited }) => !awaited).length
  return (
    <section className={css.sections} aria-label={t('mdt.sections')}>
      <p className={css.head}>
        <b>{t('mdt.title')}</b>
        {mdt.recorder_id && (
          <span className="secondary small">
            {t('mdt.recorder', { name: named({ name: mdt.recorder, name_en: mdt.recorder_en }) })}
          </span>
        )}
        <span className="secondary small push" role="status">
          {t('mdt.progress', { done: String(done), all: String(members.length) })}
        </span>
      </p>
      {mdt.sections.map((each) => (
        <OneSection key={each.staff_id} id={id} section={each} />
      ))}
      <h3 className={css.consensus}>{t('mdt.consensus')}</h3>
    </section>
  )
}
