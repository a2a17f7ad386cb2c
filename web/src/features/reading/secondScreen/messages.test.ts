import { expect, test } from 'vitest'
import { fromPage, fromWindow } from './messages'

const of = { actor: 's1', reading: 'a' }
const cited = { text: '12 mm', seriesNumber: 2, position: 9, prior: null }
const image = {
  ...{ hospital: 'wuxi', studyUid: '1.2', seriesUid: '1.2.1', sopUid: '1.2.1.1' },
  ...{ sopClassUid: '1.2.840', frame: 1, voi: { center: 40, width: 400 }, laterality: null },
  ...{ seriesNumber: 2, position: 9, count: 20, takenAt: '', bodyPart: '', jpeg: new Blob() },
}

test('each side hears its own messages, whole', () => {
  for (const message of [
    { t: 'show', actor: 's1', reading: null, language: 'en' },
    { t: 'kept', id: 'k', ok: false },
  ]) {
    expect(fromPage(message)).toBe(message)
    expect(fromWindow(message)).toBeNull()
  }
  for (const message of [
    { t: 'hello', waits: true },
    { t: 'shows', ...of, sharp: true },
    { t: 'cite', ...of, d: cited },
    { t: 'keyImage', ...of, id: 'k', d: image },
  ]) {
    expect(fromWindow(message)).toBe(message)
    expect(fromPage(message)).toBeNull()
  }
})

test('what is no message of ours, or lacks something, is not heard', () => {
  for (const wrong of [
    ...[null, 'hello', 7, {}, { t: 'toString' }, { t: 'unknown' }, { device: 'left' }],
    { t: 'shows', ...of, sharp: 'yes' },
    { t: 'shows', actor: 's1', sharp: true },
    { t: 'cite', ...of, d: { ...cited, position: Number.NaN } },
    { t: 'cite', ...of, d: null },
    { t: 'keyImage', ...of, id: 'k', d: { ...image, jpeg: 'data:image/jpeg' } },
    { t: 'keyImage', ...of, id: 'k', d: { ...image, voi: { center: 40 } } },
  ])
    expect(fromWindow(wrong)).toBeNull()
  for (const wrong of [
    { t: 'show', ...of, language: 'fr' },
    { t: 'kept', id: 'k' },
  ])
    expect(fromPage(wrong)).toBeNull()
})
