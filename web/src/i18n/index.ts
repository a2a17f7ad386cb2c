/** Starts i18next; `t` accepts only keys that exist in Chinese. A language is loaded when it is used. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export type Language = 'zh-CN' | 'en'
/** Where the browser stores the last language. */
const STORE = 'language'
const NAMESPACE = 'translation'

export const language = (): Language => (i18next.language === 'en' ? 'en' : 'zh-CN')

const asLanguage = (value: string | null): Language | null =>
  value === 'en' || value === 'zh-CN' ? value : null

function wanted(): Language {
  const asked = new URLSearchParams(window.location.search).get('lang')
  return asLanguage(asked) ?? asLanguage(window.localStorage.getItem(STORE)) ?? 'zh-CN'
}

const WORDS: Record<Language, () => Promise<object>> = {
  'zh-CN': async () => (await import('./zh-CN')).zh,
  en: async () => (await import('./en')).en,
}

async function load(next: Language): Promise<void> {
  if (i18next.hasResourceBundle(next, NAMESPACE)) return
  i18next.addResourceBundle(next, NAMESPACE, await WORDS[next]())
}

async function speak(next: Language): Promise<void> {
  await load(next)
  await i18next.changeLanguage(next)
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
    resources: { [lng]: { [NAMESPACE]: await WORDS[lng]() } },
    interpolation: { escapeValue: false },
  })
}

/** Whether a language was chosen on this page; it then overrides the account's. */
let askedNow = false

export function changeLanguage(next: Language): void {
  askedNow = true
  window.localStorage.setItem(STORE, next)
  void speak(next)
}

/** After signing in, uses the account's language. */
export function adoptLanguage(kept: string): void {
  if (askedNow || new URLSearchParams(window.location.search).has('lang')) return
  const chosen = asLanguage(kept)
  if (!chosen || chosen === language()) return
  window.localStorage.setItem(STORE, chosen)
  void speak(chosen)
}
