/** Shown in place of images that were taken away: which, why, by whom and when. */
import { useTranslation } from 'react-i18next'
import type { Gone } from './ofConsultation'
import panel from './panel.module.css'
import css from './taken.module.css'

/** `gone`: undefined entries have no known reason. `more`: there are other images. */
export function TakenAway({ gone, more = false }: { gone: (Gone | undefined)[]; more?: boolean }) {
  const { t } = useTranslation()
  return (
    <div
      className={`${panel.panel} ${panel.none} ${css.taken} ${more ? css.over : ''}`}
      role="alert"
    >
      <p className={css.what}>{t('viewer.taken_away')}</p>
      {gone.map(
        (one) =>
          one && (
            <p key={one.id}>
              <b>{one.title}</b> {one.why}
              <br />
              <span className="secondary small">
                {one.reason ? t('viewer.gone_by_because', one) : one.by}
              </span>
            </p>
          ),
      )}
      {more && <p className="secondary small">{t('viewer.choose_another')}</p>}
    </div>
  )
}
