/** All keys of the page in one place: the call's, and the image's. */
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../kit/Dialog'
import { KeyList } from '../../../kit/KeyList'
import { ViewerKeys } from '../../studies/KeyHelp'
import { KEYS } from './keys'

export function KeysSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('room.keys.title')} onClose={onClose}>
      <h3>{t('room.keys.call')}</h3>
      <KeyList keys={KEYS.map(({ shown, word }) => ({ shown, says: t(`room.keys.${word}`) }))} />
      <h3>{t('room.keys.image')}</h3>
      <p className="secondary small">{t('room.keys.viewer')}</p>
      <ViewerKeys keyImages />
    </Dialog>
  )
}
