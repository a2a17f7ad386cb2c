/** 紧急查阅: opening a branch's patient at the hub; reviewing who has at the branch. */
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../kit/EmptyState'
import { PageHead } from '../../kit/PageHead'
import css from './breakGlass.module.css'
import { Mine } from './Mine'
import { OpenForm } from './OpenForm'
import { useSide } from './queries'
import { Reviews } from './Reviews'

export function Component() {
  const { t } = useTranslation()
  const { opens, reviews } = useSide()
  return (
    <>
      <PageHead
        title={t('break_glass.title')}
        note={t(reviews ? 'break_glass.note_review' : 'break_glass.note')}
      />
      <div className={css.page}>
        {opens && <OpenForm />}
        {opens && <Mine />}
        {reviews && <Reviews />}
        {!opens && !reviews && (
          <EmptyState title={t('break_glass.not_yours')} hint={t('break_glass.not_yours_hint')} />
        )}
      </div>
    </>
  )
}
