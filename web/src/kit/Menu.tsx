/** A button that opens a menu. Arrow keys move in it at once; when it closes, the button has the focus again. */
import { Dropdown } from 'antd'
import { cloneElement, type ReactElement, type ReactNode, type Ref, useRef } from 'react'

export type MenuEntry = {
  key: string
  label: ReactNode
  icon?: ReactNode
  extra?: ReactNode
  danger?: boolean
  disabled?: boolean
  onClick: () => void
}

type Props = {
  items: readonly MenuEntry[]
  /** The one that holds now. */
  selected?: string | null
  disabled?: boolean
  children: ReactElement<{ ref?: Ref<HTMLButtonElement> }>
}

export function Menu({ items, selected = null, disabled = false, children }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      disabled={disabled}
      onOpenChange={(open) => {
        // Unless somebody has gone on to something else.
        const at = document.activeElement
        if (!open && (at === document.body || at?.closest('.ant-dropdown'))) button.current?.focus()
      }}
      menu={{
        selectedKeys: selected === null ? [] : [selected],
        items: items.map((item) => ({
          ...item,
          // Before the act, which may give the focus to something else.
          onClick: () => {
            button.current?.focus()
            item.onClick()
          },
        })),
      }}
    >
      {cloneElement(children, { ref: button })}
    </Dropdown>
  )
}
