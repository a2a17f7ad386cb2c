/** A field over the image in which the text of a mark is written. */
import { LONGEST_TEXT } from '../tools/imageMarks'
import type { Vec2 } from '../types'

/** The text; null if it was given up. While one types, the image's keys rest. */
export function askNote(
  stage: HTMLElement,
  [x, y]: Vec2,
  text: string,
  label: string,
): Promise<string | null> {
  const field = document.createElement('input')
  field.className = 'vw-note'
  field.maxLength = LONGEST_TEXT
  field.value = text
  field.setAttribute('aria-label', label)
  field.placeholder = label
  field.style.left = `${Math.max(0, Math.min(x, stage.clientWidth - 190))}px`
  field.style.top = `${Math.max(0, Math.min(y, stage.clientHeight - 30))}px`
  stage.append(field)
  field.focus()
  return new Promise((resolve) => {
    let open = true
    const close = (said: string | null) => {
      if (!open) return
      open = false
      const hadFocus = document.activeElement === field
      field.remove()
      if (hadFocus) stage.focus({ preventScroll: true })
      resolve(said)
    }
    field.addEventListener('keydown', (event) => {
      event.stopPropagation()
      if (event.isComposing) return // Enter takes a word of the input method
      if (event.key === 'Enter') close(field.value.trim())
      else if (event.key === 'Escape') close(null)
    })
    field.addEventListener('pointerdown', (event) => event.stopPropagation())
    field.addEventListener('blur', () => close(field.value.trim()))
  })
}
