/** A window over the page with one filled button at most: what is asked before an act, or something to look at. */
import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { closing } from './closing'
import css from './Dialog.module.css'
import { useInDark } from './Theme'
import { useFocusBack } from './useFocusBack'

type Props = {
  title: string
  /** Absent where there is nothing to confirm. */
  confirm?: string
  /** The button that does nothing; 「取消」 where it is not named. */
  keep?: string
  danger?: boolean
  busy?: boolean
  /** Nothing when it may be done; what is missing otherwise. */
  refusal?: string | null
  onConfirm?: () => void
  onClose: () => void
  children: ReactNode
}

export function Dialog({ danger = false, busy = false, ...p }: Props) {
  const { t } = useTranslation()
  const dark = useInDark()
  useFocusBack()
  return (
    <Modal
      open
      title={p.title}
      okText={p.confirm ?? ''}
      cancelText={p.keep ?? t('state.cancel')}
      okButtonProps={{ danger, loading: busy, disabled: Boolean(p.refusal) }}
      onOk={() => p.onConfirm?.()}
      onCancel={closing(p.onClose)}
      {...(p.confirm ? {} : { footer: null })}
      // The dark colours end where the dark part of the page does.
      {...(dark ? { getContainer: false } : {})}
      destroyOnHidden
    >
      <div className={css.body}>
        {p.children}
        {p.refusal && <p className="secondary small">{p.refusal}</p>}
      </div>
    </Modal>
  )
}
