import { describe, expect, it } from 'vitest'
import { fromDrop, isLitter } from './files'

describe('the litter of discs and systems', () => {
  it('is left out, images are not', () => {
    for (const path of ['.DS_Store', 'ct/Thumbs.db', '__MACOSX/a', 'CD/DICOMDIR']) {
      expect(isLitter(path)).toBe(true)
    }
    expect(isLitter('CD/IMAGES/IM0001')).toBe(false)
  })
})

describe('what is dropped', () => {
  const path = (name: string) => ({ name: name.split('/').at(-1), fullPath: `/${name}` })
  const file = (name: string) => ({
    ...path(name),
    isFile: true,
    file: (good: (file: File) => void) => good(new File(['x'], name)),
  })
  const broken = (name: string) => ({
    ...path(name),
    isFile: true,
    file: (_: unknown, bad: (why: Error) => void) => bad(new DOMException('', 'NotReadableError')),
  })
  const folder = (name: string, all: object[]) => ({
    ...path(name),
    isDirectory: true,
    createReader: () => ({ readEntries: (good: (some: object[]) => void) => good(all.splice(0)) }),
  })

  it('and cannot be read is named; the rest is taken', async () => {
    const entries = [folder('ct', [file('ct/1'), broken('ct/2'), file('ct/3')]), broken('x')]
    const items = entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry }))
    const { chosen, unread } = await fromDrop({ items } as unknown as DataTransfer)
    expect(chosen.map(({ path }) => path)).toEqual(['ct/1', 'ct/3'])
    expect(unread).toEqual(['ct/2', 'x'])
  })
})
