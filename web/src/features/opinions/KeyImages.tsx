/** The key images of the draft: picture, place, side, a note. */
import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import css from './opinions.module.css'
import { type Image, pictureUrl } from './queries'

const SIDES = ['left', 'right', 'both', 'none'] as const

export function useImagePlace(): (image: Image) => string {
  const { t } = useTranslation()
  return (image) =>
    t('opinions.key_image_place', {
      series: String(image.series_number ?? '—'),
      place: `${image.image_number ?? image.frame}${image.image_count ? ` / ${image.image_count}` : ''}`,
    })
}

type Props = {
  images: readonly Image[]
  missing: readonly string[]
  onChange: (images: Image[]) => void
}

export function KeyImages({ images, missing, onChange }: Props) {
  const { t } = useTranslation()
  const place = useImagePlace()
  const replace = (at: number, part: Partial<Image>) =>
    onChange(images.map((image, i) => (i === at ? { ...image, ...part } : image)))
  return (
    <section className={css.section} aria-label={t('opinions.key_images')}>
      <div className={css.label}>
        <h3>{t('opinions.key_images')}</h3>
      </div>
      {images.length === 0 && <p className="secondary small">{t('opinions.no_key_images')}</p>}
      <ol className={css.images}>
        {images.map((image, i) => {
          const n = { n: String(i + 1) }
          return (
            <li key={image.key} className={css.image}>
              <img src={pictureUrl(image.file_id)} alt={t('opinions.key_image', n)} />
              <p className="small">
                <b>{t('opinions.key_image', n)}</b> {image.study} · {place(image)}
              </p>
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('opinions.key_image_remove', n)}
                onClick={() => onChange(images.filter((_, at) => at !== i))}
              />
              <div className={css.imageFacts}>
                <Input
                  size="small"
                  aria-label={t('opinions.key_image_part', n)}
                  placeholder={t('opinions.part_hint')}
                  maxLength={200}
                  value={image.body_part}
                  onChange={(event) => replace(i, { body_part: event.target.value })}
                />
                <Select
                  size="small"
                  aria-label={t('opinions.key_image_side', n)}
                  placeholder={t('opinions.side_hint')}
                  status={missing.includes(`key_images.${image.key}.side`) ? 'error' : ''}
                  value={image.side}
                  options={SIDES.map((value) => ({ value, label: t(`opinions.side.${value}`) }))}
                  onChange={(side) => replace(i, { side })}
                />
                <Input
                  size="small"
                  aria-label={t('opinions.key_image_note', n)}
                  placeholder={t('opinions.note_hint')}
                  maxLength={200}
                  value={image.note}
                  onChange={(event) => replace(i, { note: event.target.value })}
                />
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
