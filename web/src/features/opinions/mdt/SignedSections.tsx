/** What a signed version says of its MDT: recorder, sections, and who did not sign. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { usePeopleWords } from '../../../kit/people'
import css from './mdt.module.css'
import { Signed } from './Signed'

type Props = { mdt: Schemas['SignedMdt']; chair: string }

export default function SignedSections({ mdt, chair }: Props) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  return (
    <section className={css.sections} aria-label={t('mdt.sections')}>
      <p className={css.head}>
        <b>{t('mdt.title')}</b>
        <span className="secondary small">{t('mdt.chair', { name: chair })}</span>
        {mdt.recorder && (
          <span className="secondary small">
            {t('mdt.recorder', { name: named({ name: mdt.recorder, name_en: mdt.recorder_en }) })}
          </span>
        )}
      </p>
      {mdt.sections.map((each) => {
        const department = named({ name: each.department, name_en: each.department_en })
        const name = named(each)
        return (
          <article
            key={each.sha256}
            className={css.section}
            aria-label={t('mdt.section_of', { department, name })}
          >
            <header className={css.who}>
              <b>{department}</b> {name} {t(`title.${each.title}`)}
            </header>
            <Signed section={each} />
          </article>
        )
      })}
      {mdt.absent.map((each) => (
        <p key={each.staff_id} className="small">
          <b>{named(each)}</b> {t('mdt.absent', { reason: each.reason })}
        </p>
      ))}
      <h3 className={css.consensus}>{t('mdt.consensus')}</h3>
    </section>
  )
}
