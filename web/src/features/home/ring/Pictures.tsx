/** The first images of an emergency: photographs such as of an ECG, and the middle image of each study. */
import { FileImageOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../../../api/client'
import { useSession } from '../../../api/session'
import type { Consultation } from '../../../consultation/view'
import { useFormat } from '../../../i18n/format'
import { paths } from '../../../paths'
import css from './told.module.css'

type Picture = { key: string; src: string; title: string; at: string | null; to: string | null }
const MOST = 3
const SIZE = '720,480'

function useFirst(id: string, c: Consultation): Picture[] {
  const { t } = useTranslation()
  const { dicomweb_url } = useSession()
  const photo = ({ id: key, title, file_id, added_at }: Schemas['PacketItemOut']): Picture => ({
    key,
    src: `/api/files/${file_id}/content`,
    title: title || t('consultation.images'),
    at: added_at,
    to: null,
  })
  const study = (one: Schemas['StudyOut']): Picture => ({
    key: `${one.hospital_id}/${one.study_uid}`,
    src: `${dicomweb_url}/studies/${one.study_uid}/thumbnail?${new URLSearchParams({
      hospital: one.hospital_id,
      viewport: SIZE,
    })}`,
    title: [one.modalities.join('/'), one.description].filter(Boolean).join(' '),
    at: one.taken_at,
    to: paths.images(id),
  })
  const photos = c.packet.filter((each) => each.file_id && each.media_type?.startsWith('image/'))
  const studies = c.studies.filter(
    ({ study_uid, received, link }) => study_uid && received > 0 && link === 'confirmed',
  )
  return [...studies.map(study), ...photos.map(photo)].slice(0, MOST)
}

type Props = { id: string; consultation: Consultation | undefined }

export function Pictures({ id, consultation }: Props) {
  if (!consultation) return <div className={css.pictures} aria-busy="true" />
  return <Found id={id} consultation={consultation} />
}

function Found({ id, consultation }: { id: string; consultation: Consultation }) {
  const { t } = useTranslation()
  const found = useFirst(id, consultation)
  if (found.length === 0)
    return (
      <p className={`${css.card} ${css.none}`}>
        <FileImageOutlined aria-hidden /> {t('home.ringing.no_images')}
      </p>
    )
  return (
    <ul className={css.pictures} aria-label={t('consultation.images')} data-count={found.length}>
      {found.map((each) => (
        <li key={each.key}>
          <One picture={each} />
        </li>
      ))}
    </ul>
  )
}

function One({ picture: { src, title, at, to } }: { picture: Picture }) {
  const { moment } = useFormat()
  const [gone, setGone] = useState(false)
  const inside = (
    <>
      {gone ? (
        <FileImageOutlined aria-hidden className={css.gone ?? ''} />
      ) : (
        <img src={src} alt="" onError={() => setGone(true)} />
      )}
      <span>
        <b>{title}</b> {at && moment(at)}
      </span>
    </>
  )
  return to ? (
    <Link to={to}>{inside}</Link>
  ) : (
    <a href={src} target="_blank" rel="noreferrer">
      {inside}
    </a>
  )
}
