/** For a device that does not work: what to do, and that one can join anyway. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LocalMedia } from '../../../call'
import { Notice } from '../../../kit/Notice'
import { useMedia } from './useVisit'

export function Problems({ media }: { media: LocalMedia }) {
  const { t } = useTranslation()
  const { problems } = useMedia(media)
  const { camera, mic } = problems
  const worst = camera ?? mic
  if (!worst) return null
  const which = camera && mic ? 'both' : camera ? 'camera' : 'mic'
  const again = () => void media.open(which === 'both' ? ['mic', 'camera'] : [which])
  return (
    <Notice
      tone="urgent"
      action={
        worst === 'insecure' ? (
          <a href={window.location.href.replace(/^http:/, 'https:')}>
            {t('room.test.secure_address')}
          </a>
        ) : (
          <Button size="small" onClick={again}>
            {t('room.own.again')}
          </Button>
        )
      }
    >
      <b>{t(`room.own.lacks.${which}`)}</b> {t(`room.test.remedy.${worst}`)}{' '}
      {t(`room.own.still.${which}`)}
    </Notice>
  )
}
