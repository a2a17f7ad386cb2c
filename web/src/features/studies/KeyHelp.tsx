/** A window with the viewer's shortcuts; they and their words are loaded when somebody asks. */
import { Modal } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { closing } from '../../kit/closing'
import { useFocusBack } from '../../kit/useFocusBack'

const Keys = lazy(() => withWords(MORE, import('./ViewerKeys')))

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
  return (
    <Suspense fallback={null}>
      <Keys />
    </Suspense>
  )
}
