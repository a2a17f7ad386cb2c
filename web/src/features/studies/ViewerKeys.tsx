/** The viewer's shortcuts, read from the one table of keys. */
import { useTranslation } from 'react-i18next'
import { KeyList } from '../../kit/KeyList'
import { KEYS } from '../../viewer/input/keys'

type Props = {
  cites: boolean
  several: boolean
  keyImages: boolean
  saves: boolean
  popOut: string | undefined
}

export default function ViewerKeys({ cites, several, keyImages, saves, popOut }: Props) {
  const { t } = useTranslation()
  const absent = [
    ...(keyImages ? [] : ['keyImage']),
    ...(saves ? [] : ['saveMarks']),
    ...(cites ? [] : ['cite']),
    ...(several ? [] : ['layout', 'link']),
  ]
  const keys = KEYS.filter(({ word }) => !absent.includes(word))
  return (
    <>
      <KeyList
        keys={[
          ...keys.map(({ shown, word }) => ({ shown, says: t(`viewer_keys.${word}`) })),
          ...(popOut ? [{ shown: popOut, says: t('viewer_keys.popOut') }] : []),
        ]}
      />
      <p className="secondary small">{t('viewer_keys.mouse')}</p>
    </>
  )
}
