import { expect, it } from 'vitest'
import type { Words } from '../words'
import { Overlay } from './overlay'

it('an alert about another patient is written once, not at each frame that arrives', () => {
  const host = document.createElement('div')
  const words = { notSamePatient: '不一致', colon: '：', comma: '，', differs: { name: '姓名' } }
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const overlay = new Overlay(host, svg, words as Words)
  const bar = host.querySelector<HTMLElement>('[role=alert]')
  overlay.differs(['name'])
  const said = bar?.firstChild
  overlay.differs(['name'])
  expect(bar?.textContent).toBe('不一致：姓名')
  expect(bar?.firstChild).toBe(said)
  overlay.differs([])
  expect(bar?.hidden).toBe(true)
})

it('a picture whose orientation is not known says so', () => {
  const host = document.createElement('div')
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const overlay = new Overlay(host, svg, { unknownOrientation: '方位未知', preview: '' } as Words)
  const labels = { who: [], what: [], how: [], size: [] }
  const where = { sop: '1.2', frame: 1, quality: 'full' } as const
  overlay.painted(labels, null, where)
  expect(host.textContent).toContain('方位未知')
  overlay.painted(labels, { top: 'A', bottom: 'P', left: 'R', right: 'L' }, where)
  expect(host.textContent).not.toContain('方位未知')
})
