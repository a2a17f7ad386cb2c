/** A window with the viewer's shortcuts; they and their words are loaded when somebody asks. */
import { Modal } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { closing } from '../../kit/closing'
import { useFocusBack } from '../../kit/useFocusBack'

const Keys = lazy(() => withWords(MORE, import('./ViewerKeys')))

type Props = { open: boolean; cites?: boolean; onClose: () => void }

export function KeyHelp({ open, cites = false, onClose }: Props) {
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
      width={760}
    >
      <ViewerKeys cites={cites} />
    </Modal>
  )
}

/** `cites`: the page has a report into which measurements are written. */
export function ViewerKeys({ cites = false }: { cites?: boolean }) {
  return (
    <Suspense fallback={null}>
      <Keys cites={cites} />
    </Suspense>
  )
}
