/** Whether what was typed is on the server: quiet when it is, in words when it is not. */
import { CheckOutlined, CloudSyncOutlined, WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format'

export type Saving =
  | { state: 'saved'; at: string | null }
  | { state: 'saving' }
  | { state: 'unsaved'; why: string }

export function SaveState({ saving }: { saving: Saving }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  if (saving.state === 'unsaved')
    return (
      <span className="small late" role="alert">
        <WarningOutlined aria-hidden /> {t('save.unsaved', { why: saving.why })}
      </span>
    )
  return (
    <span className="small secondary" role="status">
      {saving.state === 'saving' ? (
        <>
          <CloudSyncOutlined aria-hidden /> {t('save.saving')}
        </>
      ) : (
        saving.at && (
          <>
            <CheckOutlined aria-hidden /> {t('save.saved', { at: time(saving.at) })}
          </>
        )
      )}
    </span>
  )
}
