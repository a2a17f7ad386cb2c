/** How many viewports there are, and whether they scroll in step. */
import { AppstoreOutlined, DownOutlined, LinkOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Menu } from '../../kit/Menu'
import { LAYOUTS, type Layout, sameLayout } from './hanging'
import css from './panel.module.css'
import type { useViewports } from './useViewports'

const nameOf = ({ rows, columns }: Layout) => `${rows}×${columns}`

export function LayoutMenu({ views }: { views: ReturnType<typeof useViewports> }) {
  const { t } = useTranslation()
  const { layout, linked } = views
  const several = layout.rows * layout.columns > 1
  return (
    <>
      {several && (
        <button
          type="button"
          className={css.tool}
          title={`${t('viewer.link_hint')} (U)`}
          aria-pressed={linked}
          aria-keyshortcuts="U"
          onClick={() => views.setLinked(!linked)}
        >
          <LinkOutlined aria-hidden />
          <span className={css.word}>{t('viewer.link')}</span>
        </button>
      )}
      <Menu
        selected={nameOf(LAYOUTS.find((one) => sameLayout(one, layout)) ?? layout)}
        items={LAYOUTS.map((one) => ({
          key: nameOf(one),
          label: nameOf(one),
          onClick: () => views.setLayout(one),
        }))}
      >
        <button
          type="button"
          className={css.tool}
          title={`${t('viewer.layout')} (D)`}
          aria-keyshortcuts="D"
        >
          <AppstoreOutlined aria-hidden />
          <span className="unseen">{t('viewer.layout')} </span>
          {nameOf(layout)}
          <DownOutlined aria-hidden />
        </button>
      </Menu>
    </>
  )
}
