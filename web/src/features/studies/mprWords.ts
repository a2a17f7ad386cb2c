/** The words of the page with planes through a volume, and of the button that opens it. */
export const WORDS = {
  'zh-CN': async () => ({ mpr: (await import('../../i18n/zh-CN/mpr')).mpr }),
  en: async () => ({ mpr: (await import('../../i18n/en/mpr')).mpr }),
}
