/** A button that opens the file chooser, or the camera of a phone. */
import { Button, type ButtonProps } from 'antd'
import type { ReactNode } from 'react'
import { useRef } from 'react'

type Props = {
  label?: string
  /** Take a picture with the camera. */
  camera?: boolean
  many?: boolean
  accept?: string
  onPick: (files: File[]) => void
  children: ReactNode
} & Pick<ButtonProps, 'type' | 'size' | 'icon' | 'disabled' | 'id'>

export const PICTURES = 'image/jpeg,image/png'
export const ACCEPT = 'application/pdf,image/jpeg,image/png'

export function PickFile({
  label,
  camera = false,
  many = false,
  accept = ACCEPT,
  onPick,
  children,
  ...look
}: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        {...look}
        {...(label ? { 'aria-label': label } : {})}
        onClick={() => input.current?.click()}
      >
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={camera ? PICTURES : accept}
        multiple={many}
        {...(camera ? { capture: 'environment' as const } : {})}
        {...(label ? { 'aria-label': label } : {})}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) onPick(files)
        }}
      />
    </>
  )
}
