import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { framesOf, instanceOf } from '../dicom/frame'
import type { Shown } from '../shown'
import { imageOf } from '../tools/imageMarks'
import { Kept } from '../tools/kept'
import type { Mark } from '../tools/mark'
import type { Words } from '../words'
import type { Labels } from './labels'
import { Spoken, summaryOf } from './spoken'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('what is shown is said once it rests, politely; of a picture in between nothing is said', () => {
  const element = document.createElement('p')
  const spoken = new Spoken(element)
  spoken.say('slice 1')
  vi.advanceTimersByTime(700)
  expect(element.textContent).toBe('slice 1')
  expect(element.getAttribute('aria-live')).toBe('polite')
  for (const slice of ['slice 2', 'slice 3']) {
    spoken.say(slice)
    vi.advanceTimersByTime(600)
    expect(element.textContent).toBe('')
  }
  spoken.say('slice 3') // painted again, as it is
  vi.advanceTimersByTime(100)
  expect(element.textContent).toBe('slice 3')
  spoken.say('')
  expect(element.textContent).toBe('')
})

it('nothing is said of a viewport that is gone', () => {
  const element = document.createElement('p')
  const spoken = new Spoken(element)
  spoken.say('slice 1')
  spoken.dispose()
  vi.advanceTimersByTime(1000)
  expect(element.textContent).toBe('')
})

const line = (text: string) => ({ text, tone: 'plain' as const })
const labels: Labels = {
  who: [line('Zhao')],
  what: [line('CT')],
  how: [line('1 / 9')],
  size: [line('512')],
}
const arrow: Mark = {
  id: 'a',
  kind: 'arrow',
  points: [
    [0, 0],
    [3, 4],
  ],
  text: 'tear',
}
const words = {
  comma: ', ',
  preview: 'preview',
  marksHidden: 'marks hidden',
  kind: { arrow: 'arrow' },
  spoken: {
    full: 'full',
    own: 'yours',
    marks: (n: number) => `marks: ${n}`,
    mark: (kind: string, figures: string, by: string) => `${kind} ${figures} (${by})`,
  },
} as unknown as Words

function shown(preview: boolean): Shown {
  const instance = instanceOf('wuxi', {
    '00080018': { vr: 'UI', Value: ['1.1'] },
    '0020000D': { vr: 'UI', Value: ['1.2'] },
    '00280010': { vr: 'US', Value: [100] },
    '00280011': { vr: 'US', Value: [100] },
  })
  const frame = instance && framesOf(instance)[0]
  const pixels = { preview }
  return { frame, pixels, file: { frame, pixels } } as unknown as Shown
}

it('quality and marks are said, one’s own and others’, and that they are hidden', () => {
  const [kept, on] = [new Kept(), shown(false)]
  expect(summaryOf(on, labels, kept, words)).toBe('Zhao, CT, 1 / 9, full')
  expect(summaryOf(shown(true), labels, kept, words)).toBe('Zhao, CT, 1 / 9, preview')
  kept.put(on.frame, arrow)
  kept.others.nameOf = () => 'Luo'
  kept.others.draw('x', { ...imageOf(on.frame), marks: [{ ...arrow, id: 'b', text: 'fat' }] })
  expect(summaryOf(on, labels, kept, words)).toBe(
    'Zhao, CT, 1 / 9, full, marks: 2, arrow tear (yours), arrow fat (Luo)',
  )
  kept.hide(true)
  expect(summaryOf(on, labels, kept, words)).toBe('Zhao, CT, 1 / 9, full, marks hidden')
})
