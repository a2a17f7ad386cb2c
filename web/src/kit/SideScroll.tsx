/** A box that scrolls, also by keyboard; while it goes on to the right of what is seen, its edge fades and says so. */
import { RightOutlined } from '@ant-design/icons'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import css from './SideScroll.module.css'

type Props = { label: string; className?: string | undefined; children: ReactNode }

export function SideScroll({ label, className = '', children }: Props) {
  const box = useRef<HTMLElement>(null)
  const more = useMore(box)
  return (
    <div className={`${css.around} ${className}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={box} className={css.box} aria-label={label} tabIndex={0}>
        {children}
      </section>
      {more && (
        <span className={css.more} data-more aria-hidden>
          <RightOutlined />
        </span>
      )}
    </div>
  )
}

function useMore(ref: RefObject<HTMLElement | null>): boolean {
  const [more, setMore] = useState(false)
  useEffect(() => {
    const box = ref.current
    if (!box) return
    const look = () => setMore(box.scrollLeft + box.clientWidth < box.scrollWidth - 1)
    look()
    box.addEventListener('scroll', look, { passive: true })
    const sizes = new ResizeObserver(look)
    for (const each of [box, ...box.children]) sizes.observe(each)
    return () => {
      box.removeEventListener('scroll', look)
      sizes.disconnect()
    }
  }, [ref])
  return more
}
