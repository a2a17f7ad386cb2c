/** The one window of images that a tab has: it outlives the page of a reading, so that the next one is shown in it. */
import { holdAtDevice } from '../../../api/atDevice'
import { Store } from '../../../call/state'
import { language } from '../../../i18n'
import { newId } from '../../../id'
import { remember } from '../../../kit/pageMemory'
import { paths } from '../../../paths'
import type { Cited, KeyImage } from '../../../viewer/types'
import { type FromPage, type FromWindow, fromWindow, listen, say, sayLeft } from './messages'
import { fill, otherScreen } from './otherScreen'

export type State = {
  /** Blocked: the browser has not let it open. */
  at: 'here' | 'blocked' | 'apart'
  /** The reading whose images it says it shows, and whether all of them are there in full quality. */
  shows: string | null
  sharp: boolean
}

/** The page of a reading, where what is done in the window is done. */
export type Host = {
  actor: string
  reading: string
  onCite: (cited: Cited) => void
  onKeyImage: (image: KeyImage) => Promise<void>
}

/** No event tells that another window was closed. */
const LOOKS_EVERY_MS = 500
const HERE: State = { at: 'here', shows: null, sharp: false }

export class ImagesWindow {
  readonly store = new Store<State>(HERE)
  private opened: Window | null = null
  private host: Host | null = null
  private watch: ReturnType<typeof setInterval> | undefined
  /** A window by this name is used again, so there is never a second one. */
  private readonly name = `images-${newId()}`

  constructor() {
    listen((data, from) => this.heard(data, from))
    window.addEventListener('pagehide', () => sayLeft(this.opened))
  }

  open(): void {
    const other = otherScreen()
    const opened = window.open(paths.readingImages(), this.name, 'popup,width=1200,height=900')
    if (!opened) {
      this.store.patch({ ...HERE, at: 'blocked' })
      return
    }
    holdAtDevice(opened)
    this.has(opened)
    void other.then((area) => area && !opened.closed && fill(opened, area))
  }

  close(): void {
    this.opened?.close()
    this.opened = null
    clearInterval(this.watch)
    this.store.patch(HERE)
  }

  focus(): void {
    this.opened?.focus()
  }

  /** From now on it shows the images of this reading; returns how that ends. */
  attend(host: Host): () => void {
    this.host = host
    this.show()
    return () => {
      if (this.host !== host) return
      this.host = null
      this.show()
    }
  }

  /** What was said before is not true of what it is to show now. */
  private show(): void {
    const { at } = this.store.get()
    this.store.patch({ ...HERE, at: at === 'apart' ? at : 'here' })
    const { actor = '', reading = null } = this.host ?? {}
    this.tell({ t: 'show', actor, reading, language: language() })
  }

  private tell(message: FromPage): void {
    say(this.opened, message)
  }

  private has(opened: Window): void {
    this.opened = opened
    this.store.patch({ ...HERE, at: 'apart' })
    clearInterval(this.watch)
    this.watch = setInterval(() => this.opened?.closed && this.close(), LOOKS_EVERY_MS)
  }

  private heard(data: unknown, from: Window): void {
    const message = fromWindow(data)
    if (!message) return
    // A window that was here before this page was loaded anew: it is this tab that opened it.
    if (message.t === 'hello') {
      if (this.opened && this.opened !== from && !this.opened.closed) return
      if (this.opened !== from) this.has(from)
      else if (!message.waits) return
      this.show()
    } else this.did(message, from)
  }

  /** What was done in the window, for the page that stands here and no other. */
  private did(message: Exclude<FromWindow, { t: 'hello' }>, from: Window): void {
    const { host } = this
    const ours = from === this.opened && message.reading === host?.reading
    if (!host || !ours || message.actor !== host.actor) return
    if (message.t === 'shows')
      this.store.patch({ at: 'apart', shows: message.reading, sharp: message.sharp })
    else if (message.t === 'cite') host.onCite(message.d)
    else {
      const done = (ok: boolean) => this.tell({ t: 'kept', id: message.id, ok })
      void host.onKeyImage(message.d).then(
        () => done(true),
        () => done(false),
      )
    }
  }
}

export const imagesWindow = new ImagesWindow()
remember(() => imagesWindow.close())
