/** The section to read once more, and the password. */
import { useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../kit/Dialog'
import { useView } from '../../../kit/draft/useDraft'
import { Field } from '../../../kit/Field'
import { useAct } from '../../../kit/useAct'
import { opinionKey } from '../queries'
import css from './mdt.module.css'
import { type SectionDraft, signSection } from './queries'

type Props = { id: string; draft: SectionDraft; onClose: () => void }

export function SignDialog({ id, draft, onClose }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { doc } = useView(draft)
  // Keep what was read when the button was pressed, because the text may change behind the dialog.
  const [read] = useState(doc)
  const [password, setPassword] = useState('')
  const sign = useAct({
    run: async () => {
      await signSection(id, read.version, password)
      await queries.refetchQueries({ queryKey: opinionKey(id) })
    },
    changes: { opinion: id },
    done: t('mdt.signed'),
    onDone: onClose,
  })
  const moved = doc.text !== read.text || draft.server.version !== read.version
  const lacks = moved ? t('mdt.changed') : password ? null : t('mdt.password_missing')
  return (
    <Dialog
      title={t('mdt.sign_title')}
      confirm={t('mdt.sign')}
      busy={sign.isPending}
      refusal={sign.isPending ? null : lacks}
      onConfirm={() => sign.mutate()}
      onClose={onClose}
    >
      <p className={css.text}>{read.text}</p>
      <p className="secondary small">{t('mdt.sign_note')}</p>
      <Field label={t('mdt.password')} required>
        {(ids) => (
          <Input.Password
            {...ids}
            autoFocus
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
