/** Shows who presents, whether this person follows, and who points. */
import { DesktopOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import css from './panel.module.css'
import type { Sharing } from './sharing'
import type { Mode } from './useShared'

type Props = {
  sharing: Sharing
  mode: Mode
  onMode: (mode: Mode) => void
  pointing: readonly string[]
}

export function PresenterBar({ sharing, mode, onMode, pointing }: Props) {
  const { t } = useTranslation()
  const { presenter, canPresent } = sharing
  return (
    <section className={css.bar} aria-label={t('viewer.share.bar')}>
      <span className={presenter ? css.presenter : 'secondary'} role="status">
        {presenter && <DesktopOutlined aria-hidden />}
        {!presenter
          ? t('viewer.share.nobody')
          : presenter.me
            ? t('viewer.share.presenting_me')
            : t('viewer.share.presenting', { name: presenter.name })}
      </span>
      {presenter && !presenter.me && (
        <Segmented
          size="small"
          aria-label={t('viewer.share.mode')}
          value={mode}
          onChange={onMode}
          options={[
            { value: 'follow', label: t('viewer.share.follow') },
            { value: 'free', label: t('viewer.share.free') },
          ]}
        />
      )}
      <span className={css.pointing}>
        {pointing.length > 0 &&
          t('viewer.share.pointer', { names: pointing.join(t('state.comma')) })}
      </span>
      {canPresent && (
        <Button size="small" onClick={presenter?.me ? sharing.release : sharing.take}>
          {presenter?.me
            ? t('viewer.share.release')
            : presenter
              ? t('viewer.share.take')
              : t('viewer.share.start')}
        </Button>
      )}
    </section>
  )
}
