/** A dialog before an act: it names the patient and has one filled button. */
import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './Dialog.module.css'

type Props = {
  title: string
  confirm: string
  danger?: boolean
  busy: boolean
  /** What is missing, as a sentence; null if it may be done. */
  refusal?: string | null
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
}

export function Dialog(p: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={p.title}
      okText={p.confirm}
      cancelText={t('acts.keep')}
      okButtonProps={{ danger: p.danger ?? false, loading: p.busy, disabled: Boolean(p.refusal) }}
      onOk={p.onConfirm}
      onCancel={p.onClose}
      destroyOnHidden
    >
      <div className={css.body}>
        {p.children}
        {p.refusal && <p className="secondary small">{p.refusal}</p>}
      </div>
    </Modal>
  )
}
