/** Says which parts of a patient the hospital system could not give, and why, so that they are typed. */
import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Admitted } from './fill'

const SECONDS = 10

export function useLeftOut(): (found: Admitted) => void {
  const { t, i18n } = useTranslation()
  const { message } = App.useApp()
  return ({ left_out, source }) => {
    const parts = Object.entries(left_out).map(([part, why]) =>
      // Both words come from the server, which has no others.
      t('systems.left_out_part', {
        part: t(`systems.part.${part as 'patient'}`),
        why: t(`systems.fault.${why as 'slow'}`),
      }),
    )
    if (parts.length === 0) return
    const said = parts.join(i18n.language === 'en' ? ', ' : '、')
    void message.warning(t('systems.left_out', { system: source, parts: said }), SECONDS)
  }
}
