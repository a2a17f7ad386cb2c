/** A window with the page's keys. */
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { closing } from '../../kit/closing'
import { KeyList } from '../../kit/KeyList'
import { useFocusBack } from '../../kit/useFocusBack'
import { KEYS } from '../../viewer/mpr/keys'

export function MprKeys({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  useFocusBack(open)
  return (
    <Modal
      getContainer={false}
      open={open}
      onCancel={closing(onClose)}
      footer={null}
      title={t('viewer.help')}
      width={760}
    >
      <KeyList keys={KEYS.map(({ shown, word }) => ({ shown, says: t(`mpr.keys.${word}`) }))} />
      <p className="secondary small">{t('mpr.mouse')}</p>
    </Modal>
  )
}
