/** An important sentence on a page, with a tone and actions. */
import { CheckOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import css from './Notice.module.css'

export type NoticeTone = 'info' | 'urgent' | 'stat' | 'done'
const ICONS: Record<NoticeTone, ReactNode> = {
  info: <InfoCircleOutlined aria-hidden />,
  urgent: <WarningOutlined aria-hidden />,
  stat: <WarningOutlined aria-hidden />,
  done: <CheckOutlined aria-hidden />,
}

type Props = { tone?: NoticeTone; action?: ReactNode; children: ReactNode }

export function Notice({ tone = 'info', action, children }: Props) {
  return (
    <div
      className={`${css.strip} ${css[tone]}`}
      role={tone === 'stat' || tone === 'urgent' ? 'alert' : 'status'}
    >
      {ICONS[tone]}
      <div className={css.text}>{children}</div>
      {action}
    </div>
  )
}
