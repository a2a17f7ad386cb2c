/** One's own picture and sound level as the others will get them, and the choice of devices. */
import { AudioMutedOutlined, AudioOutlined, VideoCameraOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../api/session'
import type { LocalMedia } from '../../../call'
import type { Consultation } from '../../../consultation/view'
import { usePeopleWords } from '../../../kit/people'
import { Devices } from '../visit/Devices'
import { Problems } from '../visit/Problems'
import { useMine } from '../visit/useMine'
import { useMedia } from '../visit/useVisit'
import { Video } from '../visit/Video'
import css from './lobby.module.css'

export function OwnPicture({
  media,
  consultation,
}: {
  media: LocalMedia
  consultation: Consultation
}) {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { withTitle } = usePeopleWords()
  const { lead, accompanying } = useMine(consultation)
  const state = useMedia(media)
  const { camera, mic } = state.sources
  const seen = camera !== undefined && !camera.muted
  const part = lead ? 'lead' : accompanying ? 'accompanying' : null
  return (
    <>
      <section className={css.own} aria-label={t('room.own.title')}>
        {camera && (
          <Video stream={state.stream} label={t('room.own.title')} silent mirrored hidden={!seen} />
        )}
        {!seen && (
          <p className={css.blank}>
            <VideoCameraOutlined aria-hidden />
            {t(camera ? 'room.own.off' : 'room.own.none')}
          </p>
        )}
        <span className={css.unsent}>{t('room.own.unsent')}</span>
        <div className={css.caption}>
          <span>
            <b>{withTitle(actor)}</b>
            {part && ` · ${t(`consultation.part.${part}`)}`}
            <span className="small">{t('room.own.name')}</span>
          </span>
          {mic && (
            <Button
              ghost
              icon={mic.muted ? <AudioMutedOutlined aria-hidden /> : <AudioOutlined aria-hidden />}
              onClick={() => void media.mute('mic', !mic.muted)}
            >
              {t(mic.muted ? 'room.bar.unmute' : 'room.bar.mute')}
            </Button>
          )}
          {camera && (
            <Button
              ghost
              icon={<VideoCameraOutlined aria-hidden />}
              onClick={() => void media.mute('camera', seen)}
            >
              {t(seen ? 'room.bar.camera_off' : 'room.bar.camera_on')}
            </Button>
          )}
        </div>
      </section>
      <Problems media={media} />
      <div className={css.card}>
        <Devices media={media} meter />
      </div>
    </>
  )
}
