import { expect, it } from 'vitest'
import { inOrder, type Template } from './templates'

const one = (key: string, modality: string, part: Template['part'], retired = false): Template => ({
  key,
  number: 1,
  name: key,
  modality,
  part,
  retired, // prettier-ignore
  technique: '',
  findings: '',
  impression: '',
  saved_by: '',
  saved_by_en: '',
  saved_at: null,
}) // prettier-ignore
const ALL = [one('head', 'CT', 'head'), one('film', 'CR', 'chest'), one('old', 'CT', 'chest', true)]

it('puts those for the study first, and leaves out what is not used any more', () => {
  const found = inOrder([...ALL, one('chest', 'CT', 'chest')], { modality: 'CT', part: 'chest' })
  expect(found.sorted.map(({ key }) => key)).toEqual(['chest', 'head', 'film'])
  expect(found.fits?.key).toBe('chest')
})

it('takes digital radiography for radiography, and names none where none fits', () => {
  expect(inOrder(ALL, { modality: 'DX', part: 'chest' }).fits?.key).toBe('film')
  expect(inOrder(ALL, { modality: 'MR', part: 'head' }).fits).toBeNull()
})
