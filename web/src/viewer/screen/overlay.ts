/** The elements around the canvas: labels, letters, the red bar, the loading mark, the scroll bar. */
import type { Difference } from '../dicom/identity'
import type { PaintState } from '../types'
import type { Edges } from '../view/orientation'
import type { Words } from '../words'
import type { Labels, Line } from './labels'
import { Spoken } from './spoken'
import '../viewer.css'

function element(name: string, className: string, parent: HTMLElement): HTMLElement {
  const made = document.createElement(name)
  made.className = className
  parent.append(made)
  return made
}

const CORNERS = { who: 'vw-who', what: 'vw-what', how: 'vw-how', size: 'vw-size' } as const
type Corner = keyof typeof CORNERS
/** Why there is no image: the key of a text, or how to say it. */
export type Detail = 'gone' | 'noPixels' | 'unshown' | 'noPresentation' | ((words: Words) => string)
/** What is on the screen, as tests and programs read it. */
export type Where = { sop: string; frame: number; quality: 'preview' | 'full' }
const EDGES = ['left', 'right', 'top', 'bottom'] as const

export class Overlay {
  /** Takes the focus, the keys and the mouse. */
  readonly stage: HTMLElement
  readonly canvas: HTMLCanvasElement
  readonly scrollbar: HTMLElement
  private readonly thumb: HTMLElement
  private readonly loaded: HTMLElement
  private readonly corners: Record<Corner, HTMLElement>
  private readonly edges: Record<(typeof EDGES)[number], HTMLElement>
  private readonly unknown: HTMLElement
  private readonly preview: HTMLElement
  private readonly hinted: HTMLElement
  private readonly bar: HTMLElement
  private readonly notice: HTMLElement
  private readonly noticeText: HTMLElement
  readonly retry: HTMLButtonElement
  readonly spoken: Spoken

  constructor(
    private readonly host: HTMLElement,
    svg: SVGSVGElement,
    private words: Words,
  ) {
    host.classList.add('vw')
    host.dataset.testid = 'viewport'
    this.bar = element('div', 'vw-bar', host)
    this.bar.setAttribute('role', 'alert')
    this.bar.hidden = true
    this.stage = element('div', 'vw-stage', host)
    this.stage.tabIndex = 0
    this.stage.setAttribute('role', 'application')
    this.canvas = document.createElement('canvas')
    this.canvas.setAttribute('aria-hidden', 'true')
    this.stage.append(this.canvas, svg)
    this.corners = Object.fromEntries(
      Object.entries(CORNERS).map(([name, className]) => [
        name,
        element('div', `vw-corner ${className}`, this.stage),
      ]),
    ) as Record<Corner, HTMLElement>
    this.edges = Object.fromEntries(
      EDGES.map((edge) => [edge, element('div', `vw-edge vw-${edge}`, this.stage)]),
    ) as Record<(typeof EDGES)[number], HTMLElement>
    this.unknown = element('div', 'vw-unknown', this.stage)
    this.preview = element('div', 'vw-preview', this.stage)
    this.hinted = element('div', 'vw-hint', this.stage)
    this.hinted.setAttribute('role', 'status')
    this.scrollbar = element('div', 'vw-scroll', this.stage)
    this.scrollbar.setAttribute('aria-hidden', 'true')
    this.loaded = element('div', 'vw-loaded', this.scrollbar)
    this.thumb = element('div', 'vw-thumb', this.scrollbar)
    this.notice = element('div', 'vw-notice', this.stage)
    this.noticeText = element('span', '', this.notice)
    this.retry = document.createElement('button')
    this.retry.type = 'button'
    this.notice.append(this.retry)
    const summary = element('p', 'vw-summary', host)
    summary.id = `vw-${Math.random().toString(36).slice(2)}`
    this.stage.setAttribute('aria-describedby', summary.id)
    this.spoken = new Spoken(summary)
    this.say(words)
  }

  say(words: Words): void {
    this.words = words
    this.stage.setAttribute('aria-label', words.stage)
    this.retry.textContent = words.retry
    this.scrollbar.title = words.scrollbar
  }

  /** This one is no longer true; another stays. */
  unhint(text: string): void {
    if (this.hinted.textContent === text) this.hint('')
  }

  /** Says what is to be done next, or why something cannot be done. */
  hint(text: string): void {
    if (this.hinted.textContent !== text) this.hinted.textContent = text
  }

  size(): { width: number; height: number } {
    return { width: this.stage.clientWidth, height: this.stage.clientHeight }
  }

  /** The canvas with as many pixels as the screen has there. */
  surface(size: { width: number; height: number }): CanvasRenderingContext2D {
    const { canvas } = this
    const ratio = window.devicePixelRatio || 1
    const [w, h] = [Math.round(size.width * ratio), Math.round(size.height * ratio)]
    if (canvas.width !== w) canvas.width = w
    if (canvas.height !== h) canvas.height = h
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    return context
  }

  /** Notes what is painted on the host element, for tests. */
  painted(labels: Labels, edges: Edges | null, where: Where): void {
    for (const corner of Object.keys(CORNERS) as Corner[])
      lines(this.corners[corner], labels[corner])
    for (const edge of EDGES) this.edges[edge].textContent = edges?.[edge] ?? ''
    this.unknown.textContent = edges ? '' : this.words.unknownOrientation
    this.host.dataset.sop = where.sop
    this.host.dataset.frame = String(where.frame)
    this.host.dataset.quality = where.quality
    this.preview.textContent = where.quality === 'preview' ? this.words.preview : ''
  }

  blank(): void {
    for (const corner of Object.values(this.corners)) corner.replaceChildren()
    for (const edge of EDGES) this.edges[edge].textContent = ''
    this.unknown.textContent = ''
    this.preview.textContent = ''
    this.hint('')
    this.spoken.say('')
    delete this.host.dataset.sop
    delete this.host.dataset.frame
    delete this.host.dataset.quality
    const context = this.canvas.getContext('2d')
    context?.setTransform(1, 0, 0, 1, 0, 0)
    context?.clearRect(0, 0, this.canvas.width, this.canvas.height)
  }

  state(state: PaintState, detail: Detail | null = null): void {
    this.host.dataset.state = state
    // What is refused for good is not tried again.
    this.retry.hidden = state !== 'failed' || typeof detail === 'function'
    const why = typeof detail === 'function' ? detail(this.words) : detail && this.words[detail]
    const text = {
      empty: why ?? this.words.empty,
      loading: this.host.dataset.sop ? this.words.loading : this.words.opening,
      painted: '',
      failed: why ?? this.words.failed,
    }[state]
    this.noticeText.textContent = text
    this.notice.hidden = text === ''
    this.stage.setAttribute('aria-busy', String(state === 'loading'))
  }

  progress(index: number, count: number, ready: number, scrollable: number): void {
    this.scrollbar.hidden = count < 2
    if (count < 2) return
    this.thumb.style.top = `${(index / (count - 1)) * 100}%`
    this.loaded.style.height = `${(ready / count) * 100}%`
    this.host.dataset.ready = `${ready}/${count}`
    this.host.dataset.scrollable = `${scrollable}/${count}`
  }

  differs(found: readonly Difference[]): void {
    const { words } = this
    const text =
      found.length === 0
        ? ''
        : `${words.notSamePatient}${words.colon}${found.map((one) => words.differs[one]).join(words.comma)}`
    // Do not write it again, because screen readers may read an alert again.
    if (this.bar.textContent === text) return
    this.bar.hidden = text === ''
    this.bar.textContent = text
  }

  dispose(): void {
    this.spoken.dispose()
    this.host.replaceChildren()
    this.host.classList.remove('vw')
    for (const name of ['sop', 'frame', 'state', 'quality', 'ready', 'scrollable', 'testid'])
      delete this.host.dataset[name]
  }
}

/** Writes DICOM text as text nodes, never as HTML. */
function lines(corner: HTMLElement, content: readonly Line[]): void {
  corner.replaceChildren(
    ...content.map((line) => {
      const made = document.createElement('div')
      made.className = `vw-${line.tone}`
      made.textContent = line.text
      return made
    }),
  )
}
