/** A series in its drawer, once what it is made of is known; the drawer asks before what is not saved is left. */
import type { UseQueryOptions } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Drawer } from '../../kit/Drawer'
import { useLeaving } from '../../kit/Leaving'
import { Loaded } from '../../kit/Loaded'
import { PanelSkeleton } from '../../kit/Skeletons'

/** What the form says of itself, and how it is left. */
export type Leaves = { onUnsaved: (unsaved: boolean) => void; onLeave: () => void }

type Props<Choices, K extends readonly unknown[]> = {
  title: string
  what: string
  choices: UseQueryOptions<Choices, Error, Choices, K>
  onClose: () => void
  children: (choices: Choices, leaves: Leaves) => ReactNode
}

export function InDrawer<Choices, K extends readonly unknown[]>({
  title,
  what,
  choices,
  onClose,
  children,
}: Props<Choices, K>) {
  const [unsaved, setUnsaved] = useState(false)
  const { leave, question } = useLeaving(unsaved, onClose)
  return (
    <Drawer open width={1080} title={title} onClose={leave}>
      <Loaded query={choices} what={what} skeleton={<PanelSkeleton rows={8} />}>
        {(found) => children(found, { onUnsaved: setUnsaved, onLeave: leave })}
      </Loaded>
      {question}
    </Drawer>
  )
}
