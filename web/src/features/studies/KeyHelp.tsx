/** The viewer's shortcuts, read from the one table of keys. */
import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { closing } from '../../kit/closing'
import { KeyList } from '../../kit/KeyList'
import { useFocusBack } from '../../kit/useFocusBack'
import { KEYS } from '../../viewer/input/keys'

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  useFocusBack(open)
  // The image comes first: a window that nobody has asked for yet is not made.
  const [asked, setAsked] = useState(open)
  if (open && !asked) setAsked(true)
  if (!asked) return null
  return (
    <Modal
      getContainer={false}
      open={open}
      onCancel={closing(onClose)}
      footer={null}
      title={t('viewer.help')}
      width={460}
    >
      <ViewerKeys />
    </Modal>
  )
}

export function ViewerKeys() {
  const { t } = useTranslation()
  return (
    <>
      <KeyList keys={KEYS.map(({ shown, word }) => ({ shown, says: t(`viewer.keys.${word}`) }))} />
      <p className="secondary small">{t('viewer.keys_mouse')}</p>
    </>
  )
}
