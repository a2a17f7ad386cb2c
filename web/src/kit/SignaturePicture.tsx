/** 签名图样 of a person: shown, replaced, removed; it is printed in what they sign from now on. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { body, client } from '../api/client'
import { uploadFile } from '../api/files'
import { FileDrop } from './FileDrop'
import { PICTURES, PickFile } from './PickFile'
import css from './SignaturePicture.module.css'
import { useAct } from './useAct'

const CHANGES = { person: '*', account: '*' } as const
const PATH = '/api/admin/staff/{id}/signature'

type Props = { staffId: string; fileId: string | null; mayChange: boolean }

export function SignaturePicture({ staffId, fileId, mayChange }: Props) {
  const { t } = useTranslation()
  const params = { path: { id: staffId } }
  const put = useAct<File, unknown>({
    run: async (file) => {
      const { id } = await uploadFile('attachment', file, file.name)
      return body(client.PUT(PATH, { params, body: { file_id: id } }))
    },
    changes: CHANGES,
    done: t('staff.signature.saved'),
  })
  const remove = useAct({
    run: () => body(client.DELETE(PATH, { params })),
    changes: CHANGES,
    done: t('staff.signature.removed'),
  })
  const shown = fileId ? (
    <img
      className={css.picture}
      src={`/api/admin/staff/${staffId}/signature?file_id=${fileId}`}
      alt={t('staff.signature.title')}
    />
  ) : (
    <span className="secondary small">{t('staff.signature.none')}</span>
  )
  if (!mayChange) return shown
  return (
    <>
      <FileDrop label={t('staff.signature.title')} busy={put.isPending} onFile={put.mutate}>
        {shown}
        <PickFile accept={PICTURES} onPick={([file]) => file && put.mutate(file)}>
          {t(fileId ? 'staff.signature.replace' : 'staff.signature.add')}
        </PickFile>
        {fileId && (
          <Button type="link" onClick={() => remove.mutate()}>
            {t('staff.signature.remove')}
          </Button>
        )}
      </FileDrop>
      <span className="secondary small">{t('staff.signature.hint')}</span>
    </>
  )
}
