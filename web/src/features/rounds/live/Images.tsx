/** 影像与检查 of this stay; they open in the viewer, in the place of the sheet. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/format'
import css from './bed.module.css'
import type { Bed } from './queries'
import { Thumbnail } from './Thumbnail'

const titleOf = ({ description, modalities }: Bed['images'][number]) =>
  description || modalities.join(' ')

export function Images({ bed, onOpen }: { bed: Bed; onOpen: () => void }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { images } = bed
  return (
    <section className={css.box} aria-label={t('rounds_live.images.title')}>
      <header className={css.head}>
        <h2>{t('rounds_live.images.title')}</h2>
        <span className="secondary small">{images.length > 0 && images.length}</span>
        {images.length > 0 && (
          <Button className="push" type="link" size="small" onClick={onOpen}>
            {t('rounds_live.images.open')} <kbd>V</kbd>
          </Button>
        )}
      </header>
      {images.length === 0 && <p className="secondary">{t('rounds_live.images.none')}</p>}
      <ul className={css.images}>
        {images.map((each) => (
          <li key={each.study_uid}>
            <Thumbnail image={each} what={titleOf(each)} />
            <span>
              <b>{titleOf(each)}</b>
              <span className="secondary small">
                {[
                  each.taken_at && moment(each.taken_at),
                  t('rounds_live.images.count', { count: each.images }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
