/** The one table of the viewer's keys: what they do and how the help shows them. */
import type { MarkKind } from '../tools/names'
import type { ToolName } from '../types'
import type { PresetName } from '../view/voi'

export type Action =
  | { do: 'scroll'; by: number }
  | { do: 'ends'; to: 'first' | 'last' }
  | { do: 'tool'; tool: ToolName }
  | { do: 'preset'; key: string }
  | { do: 'zoom'; factor: number }
  | { do: 'flip'; axis: 'horizontal' | 'vertical' }
  | {
      do:
        | 'reset'
        | 'invert'
        | 'fileWindow'
        | 'cine'
        | 'turn'
        | 'overlays'
        | 'unmeasure'
        | 'marks'
        | 'saveMarks'
        | 'undo'
        | 'redo'
        | 'cancel'
        | 'point'
        | 'keyImage'
        | 'cite'
        | 'layout'
        | 'link'
        | 'help'
        | 'nextSeries'
        | 'previousSeries'
    }

export type HelpWord =
  | 'next'
  | 'previous'
  | 'ten'
  | 'ends'
  | 'series'
  | 'window'
  | 'zoom'
  | 'pan'
  | 'scroll'
  | MarkKind
  | 'presets'
  | 'closer'
  | 'reset'
  | 'fileWindow'
  | 'invert'
  | 'flip'
  | 'flipOver'
  | 'cine'
  | 'magnify'
  | 'turn'
  | 'overlays'
  | 'unmeasure'
  | 'marks'
  | 'saveMarks'
  | 'undo'
  | 'redo'
  | 'cancel'
  | 'point'
  | 'keyImage'
  | 'cite'
  | 'layout'
  | 'link'
  | 'help'

export type Binding = {
  keys: readonly string[]
  /** With Ctrl (⌘). */
  ctrl?: true
  shown: string
  word: HelpWord
  action: (key: string) => Action
}

const always = (action: Action) => () => action

const tool = (key: string, word: HelpWord & ToolName): Binding => ({
  keys: [key],
  shown: key.toUpperCase(),
  word,
  action: always({ do: 'tool', tool: word }),
})

export const KEYS: readonly Binding[] = [
  {
    keys: ['ArrowDown', 'ArrowRight'],
    shown: '↓ →',
    word: 'next',
    action: always({ do: 'scroll', by: 1 }),
  },
  {
    keys: ['ArrowUp', 'ArrowLeft'],
    shown: '↑ ←',
    word: 'previous',
    action: always({ do: 'scroll', by: -1 }),
  },
  {
    keys: ['PageDown', 'PageUp'],
    shown: 'PgDn PgUp',
    word: 'ten',
    action: (key) => ({ do: 'scroll', by: key === 'PageDown' ? 10 : -10 }),
  },
  {
    keys: ['Home', 'End'],
    shown: 'Home End',
    word: 'ends',
    action: (key) => ({ do: 'ends', to: key === 'Home' ? 'first' : 'last' }),
  },
  {
    keys: ['[', ']'],
    shown: '[ ]',
    word: 'series',
    action: (key) => ({ do: key === ']' ? 'nextSeries' : 'previousSeries' }),
  },
  tool('w', 'window'),
  tool('s', 'scroll'),
  tool('z', 'zoom'),
  tool('p', 'pan'),
  tool('m', 'magnify'),
  tool('l', 'length'),
  tool('i', 'probe'),
  tool('e', 'ellipse'),
  tool('b', 'rectangle'),
  tool('g', 'polygon'),
  tool('a', 'angle'),
  tool('q', 'cobb'),
  tool('j', 'arrow'),
  {
    keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: '0 – 9',
    word: 'presets',
    action: (key) => ({ do: 'preset', key }),
  },
  { keys: ['f'], shown: 'F', word: 'fileWindow', action: always({ do: 'fileWindow' }) },
  {
    keys: ['+', '=', '-'],
    shown: '+ −',
    word: 'closer',
    action: (key) => ({ do: 'zoom', factor: key === '-' ? 1 / 1.25 : 1.25 }),
  },
  { keys: ['r'], shown: 'R', word: 'reset', action: always({ do: 'reset' }) },
  { keys: ['v'], shown: 'V', word: 'invert', action: always({ do: 'invert' }) },
  {
    keys: ['h'],
    shown: 'H',
    word: 'flip',
    action: always({ do: 'flip', axis: 'horizontal' }),
  },
  {
    keys: ['y'],
    shown: 'Y',
    word: 'flipOver',
    action: always({ do: 'flip', axis: 'vertical' }),
  },
  { keys: ['t'], shown: 'T', word: 'turn', action: always({ do: 'turn' }) },
  { keys: [' '], shown: 'Space', word: 'cine', action: always({ do: 'cine' }) },
  { keys: ['o'], shown: 'O', word: 'overlays', action: always({ do: 'overlays' }) },
  {
    keys: ['Delete', 'Backspace'],
    shown: 'Del',
    word: 'unmeasure',
    action: always({ do: 'unmeasure' }),
  },
  { keys: ['x'], shown: 'X', word: 'marks', action: always({ do: 'marks' }) },
  {
    keys: ['s'],
    ctrl: true,
    shown: 'Ctrl S',
    word: 'saveMarks',
    action: always({ do: 'saveMarks' }),
  },
  { keys: ['z'], ctrl: true, shown: 'Ctrl Z', word: 'undo', action: always({ do: 'undo' }) },
  { keys: ['y'], ctrl: true, shown: 'Ctrl Y', word: 'redo', action: always({ do: 'redo' }) },
  { keys: ['Escape'], shown: 'Esc', word: 'cancel', action: always({ do: 'cancel' }) },
  { keys: ['Enter'], shown: 'Enter', word: 'point', action: always({ do: 'point' }) },
  { keys: ['k'], shown: 'K', word: 'keyImage', action: always({ do: 'keyImage' }) },
  { keys: ['c'], shown: 'C', word: 'cite', action: always({ do: 'cite' }) },
  { keys: ['d'], shown: 'D', word: 'layout', action: always({ do: 'layout' }) },
  { keys: ['u'], shown: 'U', word: 'link', action: always({ do: 'link' }) },
  { keys: ['?'], shown: '?', word: 'help', action: always({ do: 'help' }) },
]

/** The key of a tool, as the help and the toolbar show it. */
export const keyOf = (word: HelpWord): string =>
  KEYS.find((binding) => binding.word === word)?.shown ?? ''

/** The action of a key; none for other shortcuts of the browser or an input method. */
export function actionOf(event: {
  key: string
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
}): Action | null {
  if (event.altKey) return null
  const ctrl = event.ctrlKey || event.metaKey
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const found = KEYS.find((one) => one.keys.includes(key) && (one.ctrl ?? false) === ctrl)
  return found?.action(key) ?? null
}

export type { PresetName }
