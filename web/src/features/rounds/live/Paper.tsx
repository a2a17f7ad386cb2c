/** A light sheet within the dark page, as the drawing has it: what is read and written stands on paper. */
import type { ReactNode } from 'react'
import { Theme } from '../../../kit/Theme'
import { light, properties } from '../../../theme'
import css from './live.module.css'

const colours = properties(light)

type Props = { className?: string | undefined; label?: string; children: ReactNode }

export function Paper({ className, label, children }: Props) {
  return (
    <Theme palette={light}>
      <section className={`${css.paper} ${className ?? ''}`} style={colours} aria-label={label}>
        {children}
      </section>
    </Theme>
  )
}
