/** Starts i18next; `t` accepts only keys that exist in Chinese. A language is loaded when it is used; of its words
 *  those of the sign-in page first, and the others with the pages behind it. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import {
  ADMIN,
  asLanguage,
  FIRST,
  type Language,
  REST,
  ROOM,
  STORE,
  type Words,
  wanted,
} from './words'

export type { Language } from './words'

const NAMESPACE = 'translation'

export const language = (): Language => (i18next.language === 'en' ? 'en' : 'zh-CN')

let parts = [FIRST]
const loaded = new Set<() => Promise<object>>()

/** The language that was asked for last: it may still be loading. */
let coming: Language | null = null

/** All parts of a language, also one that is added meanwhile. */
async function load(next: Language): Promise<void> {
  const missing = () => parts.map((part) => part[next]).find((words) => !loaded.has(words))
  for (let words = missing(); words; words = missing()) {
    i18next.addResourceBundle(next, NAMESPACE, await words(), true)
    loaded.add(words)
  }
}

async function speak(next: Language): Promise<void> {
  coming = next
  await load(next)
  // Unless another was asked for meanwhile, which may have come sooner.
  if (coming === next) await i18next.changeLanguage(next)
}

export async function startI18n(lng: Language = wanted()): Promise<void> {
  i18next.on('languageChanged', (next) => {
    document.documentElement.lang = next
    document.title = i18next.t('app.name')
  })
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: false,
    // Do not look for `zh` besides `zh-CN`, which would slow down each `t`.
    load: 'currentOnly',
    showSupportNotice: false,
    resources: { [lng]: { [NAMESPACE]: await FIRST[lng]() } },
    interpolation: { escapeValue: false },
  })
  loaded.add(FIRST[lng])
  // Another tab of this browser has changed the language.
  window.addEventListener('storage', ({ key, newValue }) => {
    const next = key === STORE && asLanguage(newValue ?? '')
    if (next && next !== language()) void speak(next)
  })
}

/** From now on the words of all pages but those of administrators, of every language that is used. */
export async function allWords(): Promise<void> {
  parts = [FIRST, REST]
  await load(language())
}

/** Before a part is drawn that has words of its own: these too. */
export async function withWords<T>(words: Words, part: Promise<T>): Promise<T> {
  part.catch(() => undefined) // who awaits it hears of it, also if it fails while the words are on their way
  if (!parts.includes(words)) parts = [...parts, words]
  await load(language())
  if (coming) await load(coming)
  return part
}

/** Before a page of administrators is drawn. */
export const withAdminWords = <T>(page: Promise<T>): Promise<T> => withWords(ADMIN, page)

/** Before the room is drawn, or the test of camera and microphone. */
export const withRoomWords = <T>(part: Promise<T>): Promise<T> => withWords(ROOM, part)

/** Whether a language was chosen on this page; it then overrides the account's. */
let askedNow = false

export function changeLanguage(next: Language): void {
  askedNow = true
  window.localStorage.setItem(STORE, next)
  void speak(next)
}

/** The language that somebody chose on this page, at the door or behind it; an address with `?lang=` is no choice. */
export const chosenHere = (): Language | null => (askedNow ? language() : null)

/** After signing in, uses the account's language. */
export function adoptLanguage(kept: string): void {
  if (askedNow || new URLSearchParams(window.location.search).has('lang')) return
  const chosen = asLanguage(kept)
  if (!chosen || chosen === language()) return
  window.localStorage.setItem(STORE, chosen)
  void speak(chosen)
}
