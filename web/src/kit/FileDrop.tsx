/** Where one file is dropped; the button inside chooses it otherwise. */
import { type DragEvent, type ReactNode, useState } from 'react'
import css from './FileDrop.module.css'

type Props = { label: string; busy: boolean; onFile: (file: File) => void; children: ReactNode }

export function FileDrop({ label, busy, onFile, children }: Props) {
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file && !busy) onFile(file)
  }
  return (
    <section
      className={over ? `${css.drop} ${css.over}` : css.drop}
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children}
    </section>
  )
}
