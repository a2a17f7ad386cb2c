/** Leads from a series on the screen to its planes; of one that is no volume it says why not. */
import { BlockOutlined } from '@ant-design/icons'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { gridOf } from '../../viewer/mpr/grid'
import type { Status } from '../../viewer/status'
import css from './mprLink.module.css'
import panel from './panel.module.css'
import type { Opened } from './useViewer'

export type MprLinkProps = {
  opened: Opened | null
  status: Status
  /** The page of planes of a series. */
  to: (hospital: string, study: string, series: string) => string
  /** In a window of its own: what is written on this page stays in sight. */
  apart: boolean
}

export default function MprLink({ opened, status, to, apart }: MprLinkProps) {
  const { t } = useTranslation()
  const stack = status.state === 'empty' ? null : (opened?.viewer.open?.stack ?? null)
  const grid = useMemo(() => (stack ? gridOf(stack.frames) : null), [stack])
  const [said, setSaid] = useState<typeof grid>(null)
  if (!grid || !stack) return null
  const word = (
    <>
      <BlockOutlined aria-hidden />
      <span className={panel.minor}>{t('mpr.open')}</span>
    </>
  )
  if (!('refused' in grid)) {
    return (
      <Link
        className={`${panel.tool} ${css.link}`}
        to={to(stack.hospital, stack.study, stack.series)}
        title={t('mpr.title')}
        {...(apart ? { target: '_blank', rel: 'noopener' } : {})}
      >
        {word}
      </Link>
    )
  }
  const why = t('mpr.cannot', { why: t(`mpr.why.${grid.refused}`) })
  return (
    <span className={css.refused}>
      <button
        type="button"
        className={`${panel.tool} ${css.no}`}
        aria-disabled
        title={why}
        onClick={() => setSaid(said === grid ? null : grid)}
      >
        {word}
      </button>
      <span role="status" className={said === grid ? css.why : undefined}>
        {said === grid && why}
      </span>
    </span>
  )
}
