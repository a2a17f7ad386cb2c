/** After the patient was changed: which text may still be about the earlier one; or why it could not be changed. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../kit/Notice'
import { useProblemText } from '../../kit/problemText'
import { useDraft } from './draft'
import { useFieldName } from './fieldWords'
import { byHand } from './fill'
import css from './requests.module.css'
import { goTo } from './words'

export function PatientNotices() {
  const { t } = useTranslation()
  const { row, left: unchecked, refused, fixed, checked, heard } = useDraft()
  const nameOf = useFieldName()
  const problem = useProblemText()
  const left = fixed ? [] : byHand(row.content, unchecked)
  return (
    <>
      {refused && (
        <Notice
          tone="urgent"
          action={
            <Button size="small" onClick={heard}>
              {t('requests.patient.heard')}
            </Button>
          }
        >
          {t('requests.patient.refused', { why: problem(refused.why) })}
        </Notice>
      )}
      {left.length > 0 && (
        <Notice
          tone="urgent"
          action={
            <Button size="small" onClick={checked}>
              {t('requests.patient.checked')}
            </Button>
          }
        >
          {t('requests.patient.left')}{' '}
          <span className={css.row}>
            {left.map((field) => (
              <button key={field} type="button" className={css.chip} onClick={() => goTo(field)}>
                {nameOf(field)}
              </button>
            ))}
          </span>
        </Notice>
      )}
    </>
  )
}
