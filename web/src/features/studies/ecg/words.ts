/** The words of electrocardiograms, read with the first of them. */
export const WORDS = {
  'zh-CN': async () => ({ ecg: (await import('../../../i18n/zh-CN/ecg')).ecg }),
  en: async () => ({ ecg: (await import('../../../i18n/en/ecg')).ecg }),
}
