/** A small picture of a study, as the archive draws it for who may see it; a sign where there is none. */
import { FileImageOutlined, LineChartOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../api/session'
import css from './bed.module.css'
import type { Bed } from './queries'

type Image = Bed['images'][number]

/** Drawn at twice its size, for screens of two pixels to one. */
const SIZE = 64
const VIEWPORT = `${2 * SIZE},${2 * SIZE}`

export function Thumbnail({ image, what }: { image: Image; what: string }) {
  const { t } = useTranslation()
  const { dicomweb_url } = useSession()
  const [gone, setGone] = useState(false)
  const ecg = image.modalities.includes('ECG')
  if (gone || ecg || image.images === 0)
    return (
      <span className={css.picture} aria-hidden>
        {ecg ? <LineChartOutlined /> : <FileImageOutlined />}
      </span>
    )
  const query = new URLSearchParams({ hospital: image.hospital_id, viewport: VIEWPORT })
  return (
    <img
      className={css.picture}
      loading="lazy"
      width={SIZE}
      height={SIZE}
      alt={t('rounds_live.images.picture', { what })}
      src={`${dicomweb_url}/studies/${image.study_uid}/thumbnail?${query}`}
      onError={() => setGone(true)}
    />
  )
}
