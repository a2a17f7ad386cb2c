/** The key images of a draft: picture, place, order, a note; where it must be said, body part and side. */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Image, moved, pictureUrl } from './image'
import css from './keyImages.module.css'
import { useImagePlace } from './place'

const SIDES = ['left', 'right', 'both', 'none'] as const

type Props = {
  images: readonly Image[]
  missing?: readonly string[]
  /** The writer says which part and side each is of. */
  sided?: boolean
  onChange: (images: Image[]) => void
}

export default function KeyImages({ images, missing = [], sided = false, onChange }: Props) {
  const { t } = useTranslation()
  const replace = (at: number, part: Partial<Image>) =>
    onChange(images.map((image, i) => (i === at ? { ...image, ...part } : image)))
  return (
    <section className={css.section} aria-label={t('key_images.title')}>
      <h3>{t('key_images.title')}</h3>
      {images.length === 0 && <p className="secondary small">{t('key_images.none')}</p>}
      <ol className={css.images}>
        {images.map((image, i) => (
          <li key={image.key} className={css.image}>
            <img
              src={pictureUrl(image.file_id)}
              alt={t('key_images.image', { n: String(i + 1) })}
            />
            <Head images={images} at={i} onChange={onChange} />
            <Facts
              {...{ image, sided }}
              n={String(i + 1)}
              wrong={missing.includes(`key_images.${image.key}.side`)}
              onChange={(part) => replace(i, part)}
            />
          </li>
        ))}
      </ol>
    </section>
  )
}

type HeadProps = { images: readonly Image[]; at: number; onChange: (images: Image[]) => void }

function Head({ images, at, onChange }: HeadProps) {
  const { t } = useTranslation()
  const place = useImagePlace()
  const image = images[at]
  if (!image) return null
  const n = { n: String(at + 1) }
  const small = { type: 'text', size: 'small' } as const
  return (
    <>
      <p className="small">
        <b>{t('key_images.image', n)}</b> {image.study} · {place(image)}
      </p>
      <span className={css.acts}>
        <Button
          {...small}
          icon={<ArrowUpOutlined aria-hidden />}
          aria-label={t('key_images.earlier', n)}
          disabled={at === 0}
          onClick={() => onChange(moved(images, at))}
        />
        <Button
          {...small}
          icon={<ArrowDownOutlined aria-hidden />}
          aria-label={t('key_images.later', n)}
          disabled={at === images.length - 1}
          onClick={() => onChange(moved(images, at + 1))}
        />
        <Button
          {...small}
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('key_images.remove', n)}
          onClick={() => onChange(images.filter((each) => each !== image))}
        />
      </span>
    </>
  )
}

type FactsProps = {
  image: Image
  n: string
  sided: boolean
  wrong: boolean
  onChange: (part: Partial<Image>) => void
}

function Facts({ image, n, sided, wrong, onChange }: FactsProps) {
  const { t } = useTranslation()
  return (
    <div className={css.facts}>
      {sided && (
        <>
          <Input
            size="small"
            aria-label={t('key_images.part', { n })}
            placeholder={t('key_images.part_hint')}
            maxLength={200}
            value={image.body_part}
            onChange={(event) => onChange({ body_part: event.target.value })}
          />
          <Select
            size="small"
            aria-label={t('key_images.side_of', { n })}
            placeholder={t('key_images.side_hint')}
            status={wrong ? 'error' : ''}
            value={image.side}
            options={SIDES.map((value) => ({ value, label: t(`key_images.side.${value}`) }))}
            onChange={(side) => onChange({ side })}
          />
        </>
      )}
      <Input
        size="small"
        aria-label={t('key_images.note', { n })}
        placeholder={t('key_images.note_hint')}
        maxLength={200}
        value={image.note}
        onChange={(event) => onChange({ note: event.target.value })}
      />
    </div>
  )
}
