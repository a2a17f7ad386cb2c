/** Starts i18next once; `t` accepts only keys that exist in Chinese. A language is fetched when it is
 *  spoken. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export type Language = 'zh-CN' | 'en'
/** What this browser spoke last. */
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
    // Not `zh` behind `zh-CN`, which nobody speaks: each `t` would look for it and spell its name anew.
    load: 'currentOnly',
    showSupportNotice: false,
    resources: { [lng]: { [NAMESPACE]: await WORDS[lng]() } },
    interpolation: { escapeValue: false },
  })
}

/** A language asked for while this page lives stands above what was chosen another day. */
let askedNow = false

export function changeLanguage(next: Language): void {
  askedNow = true
  window.localStorage.setItem(STORE, next)
  void speak(next)
}

/** After signing in: the language kept with the account. */
export function adoptLanguage(kept: string): void {
  if (askedNow || new URLSearchParams(window.location.search).has('lang')) return
  const chosen = asLanguage(kept)
  if (!chosen || chosen === language()) return
  window.localStorage.setItem(STORE, chosen)
  void speak(chosen)
}
