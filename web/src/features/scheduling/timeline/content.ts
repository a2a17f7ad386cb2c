/** The words of an entry and of a row, as the library takes them: nodes. */
import { initials, roomFor } from '../calendar'
import blocks from '../calendar.module.css'
import css from './timeline.module.css'

export function node(tag: string, className: string | undefined, ...inside: (string | Node)[]) {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.append(...inside)
  return made
}

/** The words that fit, and all of them for those who do not see the block. */
export function entryContent(id: string, text: string, whole: string): Node[] {
  const full = node('span', blocks.full, node('span', ''))
  full.firstElementChild?.append(text)
  full.style.flexBasis = `${roomFor(text)}em`
  const words = node(
    'span',
    blocks.words,
    node('i', blocks.strut),
    node('span', blocks.initials, initials(text)),
    full,
  )
  words.ariaHidden = 'true'
  const all = node('span', 'unseen', whole)
  all.dataset.entry = id
  return [words, all]
}

export const rowContent = (name: string, rank: string, about: string): Node[] => [
  node('b', undefined, name, ' ', node('span', css.rank, rank)),
  node('span', `secondary ${css.about}`, about),
]
