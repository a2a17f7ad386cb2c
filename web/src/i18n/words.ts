/** Which language a browser wants, and where its words are. No library: the first script of a page uses this. */

export type Language = 'zh-CN' | 'en'
/** Where the browser stores the last language. */
export const STORE = 'language'

export const asLanguage = (value: string | null): Language | null =>
  value === 'en' || value === 'zh-CN' ? value : null

export function wanted(): Language {
  const asked = new URLSearchParams(window.location.search).get('lang')
  return asLanguage(asked) ?? asLanguage(stored()) ?? 'zh-CN'
}

/** Null where the browser forbids to store anything. */
function stored(): string | null {
  try {
    return window.localStorage.getItem(STORE)
  } catch {
    return null
  }
}

export type Words = Record<Language, () => Promise<object>>

export const FIRST: Words = {
  'zh-CN': async () => (await import('./zh-CN/first')).first,
  en: async () => (await import('./en/first')).first,
}
export const REST: Words = {
  'zh-CN': async () => (await import('./zh-CN/rest')).rest,
  en: async () => (await import('./en/rest')).rest,
}
/** Merged into REST. */
export const ADMIN: Words = {
  'zh-CN': async () => (await import('./zh-CN/admin')).admin,
  en: async () => (await import('./en/admin')).admin,
}
/** What pages show only when asked for, or to few. Merged into REST. */
export const MORE: Words = {
  'zh-CN': async () => (await import('./zh-CN/more')).more,
  en: async () => (await import('./en/more')).more,
}
/** Of the home page: what waits there, and the ways from it. Merged into REST. */
export const HOME: Words = {
  'zh-CN': async () => ({ home: (await import('./zh-CN/homeItems')).home_items }),
  en: async () => ({ home: (await import('./en/homeItems')).home_items }),
}
/** Of a request while it is written. Merged into REST. */
export const REQUESTS: Words = {
  'zh-CN': async () => ({ requests: (await import('./zh-CN/requests')).requests }),
  en: async () => ({ requests: (await import('./en/requests')).requests }),
}
/** Of the calendar and of booking. Merged into REST. */
export const SCHEDULING: Words = {
  'zh-CN': async () => (await import('./zh-CN/schedulingPart')).schedulingPart,
  en: async () => (await import('./en/schedulingPart')).schedulingPart,
}
/** Of the room, and of the test of camera and microphone. Merged into REST. */
export const ROOM: Words = {
  'zh-CN': async () => ({ room: (await import('./zh-CN/room')).room }),
  en: async () => ({ room: (await import('./en/room')).room }),
}
