import { App } from 'antd'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'

/** What signs waits until all pictures on the screen have come, in their full quality. */
export function useSeen(sharp: RefObject<boolean>) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  return <V>(then: (value: V) => void) =>
    (value: V) => {
      if (sharp.current) then(value)
      else void message.warning(t('reading.report.preview'))
    }
}
