/** The one table of the viewer's keys: what they do and how the help shows them. */
import type { ToolName } from '../types'
import type { PresetName } from '../view/voi'

export type Action =
  | { do: 'scroll'; by: number }
  | { do: 'ends'; to: 'first' | 'last' }
  | { do: 'tool'; tool: ToolName }
  | { do: 'preset'; key: string }
  | { do: 'zoom'; factor: number }
  | {
      do:
        | 'reset'
        | 'flip'
        | 'turn'
        | 'overlays'
        | 'unmeasure'
        | 'keyImage'
        | 'cite'
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
  | 'length'
  | 'scroll'
  | 'presets'
  | 'closer'
  | 'reset'
  | 'flip'
  | 'turn'
  | 'overlays'
  | 'unmeasure'
  | 'keyImage'
  | 'cite'
  | 'help'

export type Binding = {
  keys: readonly string[]
  shown: string
  word: HelpWord
  action: (key: string) => Action
}

const always = (action: Action) => () => action

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
  { keys: ['w'], shown: 'W', word: 'window', action: always({ do: 'tool', tool: 'window' }) },
  { keys: ['z'], shown: 'Z', word: 'zoom', action: always({ do: 'tool', tool: 'zoom' }) },
  { keys: ['p'], shown: 'P', word: 'pan', action: always({ do: 'tool', tool: 'pan' }) },
  { keys: ['l'], shown: 'L', word: 'length', action: always({ do: 'tool', tool: 'length' }) },
  { keys: ['s'], shown: 'S', word: 'scroll', action: always({ do: 'tool', tool: 'scroll' }) },
  {
    keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: '0 – 9',
    word: 'presets',
    action: (key) => ({ do: 'preset', key }),
  },
  {
    keys: ['+', '=', '-'],
    shown: '+ −',
    word: 'closer',
    action: (key) => ({ do: 'zoom', factor: key === '-' ? 1 / 1.25 : 1.25 }),
  },
  { keys: ['r'], shown: 'R', word: 'reset', action: always({ do: 'reset' }) },
  { keys: ['h'], shown: 'H', word: 'flip', action: always({ do: 'flip' }) },
  { keys: ['t'], shown: 'T', word: 'turn', action: always({ do: 'turn' }) },
  { keys: ['o'], shown: 'O', word: 'overlays', action: always({ do: 'overlays' }) },
  {
    keys: ['Delete', 'Backspace'],
    shown: 'Del',
    word: 'unmeasure',
    action: always({ do: 'unmeasure' }),
  },
  { keys: ['k'], shown: 'K', word: 'keyImage', action: always({ do: 'keyImage' }) },
  { keys: ['c'], shown: 'C', word: 'cite', action: always({ do: 'cite' }) },
  { keys: ['?'], shown: '?', word: 'help', action: always({ do: 'help' }) },
]

/** The action of a key; none for shortcuts of the browser or an input method. */
export function actionOf(event: {
  key: string
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
}): Action | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return KEYS.find((binding) => binding.keys.includes(key))?.action(key) ?? null
}

export type { PresetName }
