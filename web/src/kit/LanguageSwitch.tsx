/** The other language, on the spot. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { changeLanguage, language } from '../i18n'

export function LanguageSwitch({ account }: { account?: string }) {
  const { t } = useTranslation()
  return (
    <Button
      type="text"
      aria-label={`${t('app.language')} 中 / EN`}
      onClick={() => changeLanguage(language() === 'en' ? 'zh-CN' : 'en', account)}
    >
      中 / EN
    </Button>
  )
}
