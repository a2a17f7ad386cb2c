/** A window with the viewer's shortcuts; they and their words are loaded when somebody asks. */
import { Modal } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withWords } from '../../i18n'
import { MORE } from '../../i18n/words'
import { closing } from '../../kit/closing'
import { useFocusBack } from '../../kit/useFocusBack'

const Keys = lazy(() => withWords(MORE, import('./ViewerKeys')))

type Props = KeysProps & { open: boolean; onClose: () => void }

export function KeyHelp({ open, onClose, ...keys }: Props) {
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
      <ViewerKeys {...keys} />
    </Modal>
  )
}

type KeysProps = {
  /** The page has a report into which measurements are written. */
  cites?: boolean
  /** There may be several viewports. */
  several?: boolean
  /** Key images are kept. */
  keyImages?: boolean
  /** Marks may be saved. */
  saves?: boolean
  /** The key that moves the images to a window of their own and back. */
  popOut?: string | undefined
}

export function ViewerKeys({
  cites = false,
  several = false,
  keyImages = false,
  saves = false,
  popOut,
}: KeysProps) {
  return (
    <Suspense fallback={null}>
      <Keys {...{ cites, several, keyImages, saves, popOut }} />
    </Suspense>
  )
}
