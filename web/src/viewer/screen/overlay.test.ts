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
