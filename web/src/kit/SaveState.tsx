/** Shows whether what was typed is on the server; discreet if it is. */
import { CheckOutlined, CloudSyncOutlined, WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format'

/** `note`: what happens to the text meanwhile. */
export type Saving =
  | { state: 'saved'; at: string | null }
  | { state: 'saving' }
  | { state: 'unsaved'; why: string; note?: string }

export function SaveState({ saving }: { saving: Saving }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  if (saving.state === 'unsaved')
    return (
      <span className="small late" role="alert">
        <WarningOutlined aria-hidden /> {t('save.unsaved', { why: saving.why })}{' '}
        {saving.note && <span className="secondary">{saving.note}</span>}
      </span>
    )
  return (
    <span className="small secondary" role="status">
      {saving.state === 'saved' ? (
        saving.at && (
          <>
            <CheckOutlined aria-hidden /> {t('save.saved', { at: time(saving.at) })}
          </>
        )
      ) : (
        <>
          <CloudSyncOutlined aria-hidden /> {t('save.saving')}
        </>
      )}
    </span>
  )
}
