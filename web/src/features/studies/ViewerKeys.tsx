/** The viewer's shortcuts, read from the one table of keys. */
import { useTranslation } from 'react-i18next'
import { KeyList } from '../../kit/KeyList'
import { KEYS } from '../../viewer/input/keys'

export default function ViewerKeys({ cites }: { cites: boolean }) {
  const { t } = useTranslation()
  const keys = KEYS.filter(({ word }) => cites || word !== 'cite')
  return (
    <>
      <KeyList keys={keys.map(({ shown, word }) => ({ shown, says: t(`viewer_keys.${word}`) }))} />
      <p className="secondary small">{t('viewer_keys.mouse')}</p>
    </>
  )
}
