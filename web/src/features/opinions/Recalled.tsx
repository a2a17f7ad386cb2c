/** The newest opinion rests on images that are not the patient's: who looks again, or that the branch takes note. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRole } from '../../api/session'
import { Notice } from '../../kit/Notice'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import { type Opinion, takeNote } from './queries'
import css from './read.module.css'

export function Recalled({ id, opinion }: { id: string; opinion: Opinion }) {
  const { t } = useTranslation()
  const noting = useAct({
    run: () => takeNote(id, opinion.consultation_version),
    changes: { opinion: id },
    done: t('opinions.recalled.noted'),
  })
  const takesConsents = useRole('requesting_doctor')
  const { reassessing, may } = opinion
  if (!reassessing) return null
  return (
    <Notice
      tone="stat"
      action={
        <span className={css.acts}>
          {reassessing === 'no_consent' && takesConsents && (
            <Link to={paths.request(id)}>
              <Button>{t('opinions.recalled.renew')}</Button>
            </Link>
          )}
          {may.take_note && (
            <Button type="primary" loading={noting.isPending} onClick={() => noting.mutate()}>
              {t('opinions.recalled.note')}
            </Button>
          )}
        </span>
      }
    >
      {t('opinions.recalled.lost')} {t(`opinions.recalled.${reassessing}`)}
    </Notice>
  )
}
