/** A dialog inside the room's own colours, with at most one filled button. */
import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import css from './sheet.module.css'

type Props = {
  title: string
  children: ReactNode
  onClose: () => void
  confirm?: string
  danger?: boolean
  busy?: boolean
  disabled?: boolean
  onConfirm?: () => void
}

export function Sheet(p: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={p.title}
      okText={p.confirm ?? ''}
      cancelText={t('state.cancel')}
      okButtonProps={{
        danger: p.danger ?? false,
        loading: p.busy ?? false,
        disabled: p.disabled ?? false,
      }}
      onOk={() => p.onConfirm?.()}
      onCancel={p.onClose}
      {...(p.confirm ? {} : { footer: null })}
      getContainer={false}
      destroyOnHidden
    >
      <div className={css.body}>{p.children}</div>
    </Modal>
  )
}
