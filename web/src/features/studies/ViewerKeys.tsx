/** The viewer's shortcuts, read from the one table of keys. */
import { useTranslation } from 'react-i18next'
import { KeyList } from '../../kit/KeyList'
import { KEYS } from '../../viewer/input/keys'

export default function ViewerKeys() {
  const { t } = useTranslation()
  return (
    <>
      <KeyList keys={KEYS.map(({ shown, word }) => ({ shown, says: t(`viewer_keys.${word}`) }))} />
      <p className="secondary small">{t('viewer_keys.mouse')}</p>
    </>
  )
}
