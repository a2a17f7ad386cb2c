/** The words of the reading desk's pages, and of what case pages open of it. */
export const WORDS = {
  'zh-CN': async () => (await import('../../i18n/zh-CN/desk')).desk,
  en: async () => (await import('../../i18n/en/desk')).desk,
}
