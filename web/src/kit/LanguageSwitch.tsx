/** Switches to the other language, and stores it with the account. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { keepLanguage } from '../api/session'
import { changeLanguage, language } from '../i18n'
import { useAct } from './useAct'

export function LanguageSwitch() {
  const { t } = useTranslation()
  const keep = useAct({ run: keepLanguage, of: (next) => next })
  const change = () => {
    const next = language() === 'en' ? 'zh-CN' : 'en'
    changeLanguage(next)
    keep.mutate(next)
  }
  return (
    <Button type="text" aria-label={`${t('app.language')} 中 / EN`} onClick={change}>
      中 / EN
    </Button>
  )
}
