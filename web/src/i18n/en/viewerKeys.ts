import type { Filled } from '../shape'
import type { viewer_keys as zh } from '../zh-CN/viewerKeys'

/** The viewer's keys, read when somebody asks for them. */
export const viewer_keys = {
  next: 'Next slice',
  previous: 'Previous slice',
  ten: 'Ten slices on or back',
  ends: 'First or last slice',
  series: 'Previous or next series',
  window: 'Window',
  zoom: 'Zoom',
  pan: 'Pan',
  length: 'Measure a length',
  scroll: 'Scroll by dragging',
  presets: 'Window presets',
  closer: 'Closer or farther',
  reset: 'Reset',
  overlays: 'Hide or show overlays',
  flip: 'Mirror left and right',
  turn: 'Turn by 90°',
  unmeasure: 'Remove the last length',
  keyImage: 'Add to the key images',
  cite: 'write the last measurement into the report',
  help: 'Shortcuts',
  mouse: 'Wheel: slices. Ctrl + wheel: zoom. Middle button: pan. Right button: zoom.',
} satisfies Filled<typeof zh>
