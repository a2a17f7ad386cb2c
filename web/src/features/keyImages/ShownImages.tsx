/** Key images to look at, without opening the study. */
import { useTranslation } from 'react-i18next'
import { type Image, pictureUrl } from './image'
import css from './keyImages.module.css'
import { useImagePlace } from './place'

export function ShownImages({ images }: { images: readonly Image[] }) {
  const { t } = useTranslation()
  const place = useImagePlace()
  return (
    <div className={css.shown}>
      {images.map((image, i) => (
        <figure key={image.key}>
          <img src={pictureUrl(image.file_id)} alt={t('key_images.image', { n: String(i + 1) })} />
          <figcaption>
            <b>{t('key_images.image', { n: String(i + 1) })}</b> {image.study}
            <br />
            {place(image)} · {image.body_part} {image.side && t(`key_images.side.${image.side}`)}
            {image.note && (
              <>
                <br />
                {image.note}
              </>
            )}
          </figcaption>
        </figure>
      ))}
    </div>
  )
}
