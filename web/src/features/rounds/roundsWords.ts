/** The words of the pages of ward rounds. */
export const WORDS = {
  'zh-CN': async () => (await import('../../i18n/zh-CN/roundsPart')).roundsPart,
  en: async () => (await import('../../i18n/en/roundsPart')).roundsPart,
}
