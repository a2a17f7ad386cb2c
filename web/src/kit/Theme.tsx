/** Ant Design in our tokens and language. Tests render inside it too, or 「重试」 becomes 「重 试」. */
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { antdTheme, dark, light, type Palette, properties } from '../theme'

/** With the dark palette everything below is the reading room, its custom properties too. */
export function Theme({ palette = light, children }: { palette?: Palette; children: ReactNode }) {
  const { i18n } = useTranslation()
  return (
    <ConfigProvider
      theme={antdTheme(palette)}
      locale={i18n.language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
    >
      {palette === dark ? (
        <div style={{ ...properties(dark), color: 'var(--ink)', display: 'contents' }}>
          {children}
        </div>
      ) : (
        <App component={false} message={{ maxCount: 3 }}>
          {children}
        </App>
      )}
    </ConfigProvider>
  )
}
