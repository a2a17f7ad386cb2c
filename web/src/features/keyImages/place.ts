/** Where a key image is in its study, in words. */
import { useTranslation } from 'react-i18next'
import type { Image } from './image'

export function useImagePlace(): (image: Image) => string {
  const { t } = useTranslation()
  return (image) =>
    t('key_images.place', {
      series: String(image.series_number ?? '—'),
      place: `${image.image_number ?? image.frame}${image.image_count ? ` / ${image.image_count}` : ''}`,
    })
}
