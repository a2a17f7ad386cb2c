/** An icon of our one set as plain SVG: the component library around it is not loaded before the sign-in. */
import type { AbstractNode, IconDefinition } from '@ant-design/icons-svg/es/types'
import { createElement, type ReactNode } from 'react'

const draw = ({ tag, attrs, children }: AbstractNode, key?: number): ReactNode =>
  createElement(tag, { ...attrs, key }, children?.map(draw))

export function Icon({ of, className = '' }: { of: IconDefinition; className?: string }) {
  // Only two-coloured icons are functions; these are not.
  if (typeof of.icon === 'function') return null
  const { attrs, children } = of.icon
  return (
    <svg {...attrs} className={className} width="1em" height="1em" fill="currentColor" aria-hidden>
      {children?.map(draw)}
    </svg>
  )
}
