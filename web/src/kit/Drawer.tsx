/** A drawer with a body that the keyboard can scroll, and buttons in its foot. */
import { Drawer as AntDrawer } from 'antd'
import type { ReactNode } from 'react'
import { closing } from './closing'
import css from './Drawer.module.css'
import { useInDark } from './Theme'
import { useFocusBack } from './useFocusBack'

type Props = {
  open: boolean
  title: ReactNode
  width?: number | string
  foot?: ReactNode
  /** Without inner margin, so that the first child can stick to the top. */
  flush?: boolean
  onClose: () => void
  children: ReactNode
}

const darkPart = () => document.querySelector<HTMLElement>('[data-dark]') ?? document.body

export function Drawer({
  open,
  title,
  width = 520,
  foot,
  flush = false,
  onClose,
  children,
}: Props) {
  const dark = useInDark()
  useFocusBack(open)
  return (
    <AntDrawer
      open={open}
      title={title}
      size={width}
      onClose={closing(onClose)}
      footer={foot}
      destroyOnHidden
      // The dark colours end where the dark part of the page does.
      {...(dark ? { getContainer: darkPart } : {})}
      styles={{ body: { padding: 0, overflow: 'hidden' }, wrapper: { maxWidth: '100vw' } }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={`${css.scroll} ${flush ? '' : css.padded}`} tabIndex={0}>
        {children}
      </div>
    </AntDrawer>
  )
}
