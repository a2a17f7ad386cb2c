/** The paper of a registration: opened, attached, replaced, removed. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { FileDrop } from '../../kit/FileDrop'
import { PickFile } from '../../kit/PickFile'
import { registrationFileUrl, useAttachFile, useRemoveFile } from './queries'
import { useStaffWords } from './words'

type Props = {
  staffId: string
  registration: { id: string; hospital_id: string; file_id: string | null }
  mayChange: boolean
}

export function RegistrationFile({ staffId, registration, mayChange }: Props) {
  const { t } = useTranslation()
  const words = useStaffWords()
  const attach = useAttachFile(staffId, registration.id)
  const remove = useRemoveFile(staffId, registration.id)
  const { file_id } = registration
  const where = words.hospital(registration.hospital_id)
  const open = file_id && (
    <a
      href={registrationFileUrl(staffId, registration.id)}
      target="_blank"
      rel="noreferrer"
      aria-label={`${t('staff.paper.open')} ${where}`}
    >
      {t('staff.paper.open')}
    </a>
  )
  if (!mayChange) return open || null
  const act = t(file_id ? 'staff.paper.replace' : 'staff.paper.add')
  return (
    <FileDrop
      label={`${t('staff.paper.open')} ${where}`}
      busy={attach.isPending}
      onFile={attach.mutate}
    >
      {open}
      <PickFile
        type="link"
        label={`${act} ${where}`}
        onPick={([file]) => file && attach.mutate(file)}
      >
        {act}
      </PickFile>
      {file_id && (
        <Button
          type="link"
          aria-label={`${t('staff.paper.remove')} ${where}`}
          onClick={() => remove.mutate()}
        >
          {t('staff.paper.remove')}
        </Button>
      )}
      {!file_id && <span className="secondary small">{t('staff.paper.hint')}</span>}
    </FileDrop>
  )
}
