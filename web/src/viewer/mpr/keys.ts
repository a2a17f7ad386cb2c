/** The one table of keys of the page of a volume: what they do and how the help shows them. */
import type { Act } from './state'

type Word =
  | 'scroll'
  | 'ten'
  | 'ends'
  | 'plane'
  | 'cross'
  | 'window'
  | 'zoom'
  | 'pan'
  | 'presets'
  | 'thicker'
  | 'projection'
  | 'closer'
  | 'move'
  | 'lines'
  | 'reset'
  | 'back'
  | 'help'

export type Action = Act | { do: 'back' } | { do: 'help' }

export type Binding = {
  keys: readonly string[]
  shift?: true
  shown: string
  word: Word
  action: (key: string) => Action
}

const always = (action: Action) => () => action
/** Millimetres that a key moves the picture. */
const STEP_MM = 10

export const KEYS: readonly Binding[] = [
  {
    keys: ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft'],
    shown: '↓ → ↑ ←',
    word: 'scroll',
    action: (key) => ({ do: 'scroll', by: key === 'ArrowDown' || key === 'ArrowRight' ? 1 : -1 }),
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
  { keys: ['n'], shown: 'N', word: 'plane', action: always({ do: 'plane', to: 'next' }) },
  { keys: ['c'], shown: 'C', word: 'cross', action: always({ do: 'tool', tool: 'cross' }) },
  { keys: ['w'], shown: 'W', word: 'window', action: always({ do: 'tool', tool: 'window' }) },
  { keys: ['z'], shown: 'Z', word: 'zoom', action: always({ do: 'tool', tool: 'zoom' }) },
  { keys: ['p'], shown: 'P', word: 'pan', action: always({ do: 'tool', tool: 'pan' }) },
  {
    keys: [...'0123456789'],
    shown: '0 … 9',
    word: 'presets',
    action: (key) => ({ do: 'preset', key }),
  },
  {
    keys: ['[', ']'],
    shown: '[ ]',
    word: 'thicker',
    action: (key) => ({ do: 'thicker', by: key === ']' ? 1 : -1 }),
  },
  { keys: ['m'], shown: 'M', word: 'projection', action: always({ do: 'projection', to: 'next' }) },
  {
    keys: ['+', '=', '-'],
    shown: '+ −',
    word: 'closer',
    action: (key) => ({ do: 'zoom', factor: key === '-' ? 0.8 : 1.25 }),
  },
  {
    keys: ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft'],
    shift: true,
    shown: 'Shift + ↓ → ↑ ←',
    word: 'move',
    action: (key) => ({ do: 'pan', mm: MOVES[key] ?? [0, 0] }),
  },
  { keys: ['x'], shown: 'X', word: 'lines', action: always({ do: 'lines' }) },
  { keys: ['r'], shown: 'R', word: 'reset', action: always({ do: 'reset' }) },
  { keys: ['Backspace'], shown: '⌫', word: 'back', action: always({ do: 'back' }) },
  { keys: ['?'], shown: '?', word: 'help', action: always({ do: 'help' }) },
]

const MOVES: Record<string, readonly [number, number]> = {
  ArrowDown: [0, STEP_MM],
  ArrowUp: [0, -STEP_MM],
  ArrowRight: [STEP_MM, 0],
  ArrowLeft: [-STEP_MM, 0],
}

export type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

export function actionOf({ key, shiftKey, ctrlKey, metaKey, altKey }: Pressed): Action | null {
  if (ctrlKey || metaKey || altKey) return null
  const low = key.length === 1 ? key.toLowerCase() : key
  const found = KEYS.find(
    ({ keys, shift }) => keys.includes(low) && (!key.startsWith('Arrow') || !!shift === shiftKey),
  )
  return found?.action(low) ?? null
}
