/** The presentation states of the open series, by name; those that cannot be applied whole say why. */
import { DownOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Menu } from '../../kit/Menu'
import { shownName } from '../../viewer/dicom/identity'
import { dateOf } from '../../viewer/screen/labels'
import type { Status } from '../../viewer/status'
import css from './panel.module.css'
import type { Presentations } from './usePresentations'
import type { Opened } from './useViewer'

type Props = {
  opened: Opened | null
  status: Status
  presentations: Presentations
  /** The reader changes the view, and so stops following. */
  onTouch: () => void
}

const NONE = 'none'

export function PresentationMenu({ opened, status, presentations, onTouch }: Props) {
  const { t, i18n } = useTranslation()
  const { all, failed } = presentations
  const here = all.filter(
    (one) => one.hospital === status.hospital && one.series.has(status.series),
  )
  if (failed) return <span className={css.tool}>{t('viewer.presentation.failed')}</span>
  if (here.length === 0) return null
  const chosen = all.find((one) => one.uid === status.presentation)
  const show = (uid: string | null) => {
    onTouch()
    opened?.viewer.present(uid)
  }
  return (
    <Menu
      selected={status.presentation ?? NONE}
      items={[
        { key: NONE, label: t('viewer.presentation.none'), onClick: () => show(null) },
        ...here.map((one) => ({
          key: one.uid,
          label: one.name,
          extra: one.refused
            ? t(`viewer.presentation.why.${one.refused}`)
            : `${dateOf(one.created.slice(0, 8))} ${shownName(one.by, i18n.language === 'en' ? 'en' : 'zh-CN')}`.trim(),
          disabled: one.refused !== null,
          onClick: () => show(one.uid),
        })),
      ]}
    >
      <button type="button" className={css.tool} title={t('viewer.presentation.menu')}>
        <span className="unseen">{t('viewer.presentation.menu')} </span>
        {chosen?.name ?? t('viewer.presentation.menu')}
        <DownOutlined aria-hidden />
      </button>
    </Menu>
  )
}
