/** Studies that the request names and that are not this patient's: said to all, and taken out by the branch until the
 *  opinion is signed; afterwards nobody is asked for others. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { body, client } from '../../api/client'
import type { Consultation } from '../../consultation/view'
import { Notice } from '../../kit/Notice'
import { useAct } from '../../kit/useAct'

export function WrongStudies({ consultation: c }: { consultation: Consultation }) {
  const { t } = useTranslation()
  const withdraw = useAct({
    run: (study_uid: string) =>
      body(
        client.DELETE('/api/consultations/{id}/uploaded/{study_uid}', {
          params: { path: { id: c.id, study_uid } },
        }),
      ),
    changes: { consultation: c.id },
    done: t('consultation.study_withdrawn'),
  })
  return c.studies.map(({ study_uid, link, description, withdrawable }) =>
    study_uid && link === 'rejected' ? (
      <Notice
        key={study_uid}
        tone="urgent"
        action={
          withdrawable && (
            <Button
              size="small"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate(study_uid)}
            >
              {t('consultation.withdraw_study')}
            </Button>
          )
        }
      >
        {t('consultation.wrong_study', { what: description || t('studies.study.unnamed') })}{' '}
        {withdrawable && t('consultation.wrong_study_next')}
      </Notice>
    ) : null,
  )
}
