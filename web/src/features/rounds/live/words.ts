/** The words of a round's live run-sheet. */
export const WORDS = {
  'zh-CN': async () => ({
    rounds_live: (await import('../../../i18n/zh-CN/roundsLive')).rounds_live,
  }),
  en: async () => ({ rounds_live: (await import('../../../i18n/en/roundsLive')).rounds_live }),
}
