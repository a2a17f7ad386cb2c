/** Ant Design in our colours and language. Tests need it too, because otherwise 「重试」 becomes 「重 试」. */
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { createContext, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { dark, light, type Palette, properties } from '../theme'
import { antdTheme } from './antdTheme'

type Props = { palette?: Palette; children: ReactNode }

const Around = createContext<Palette | null>(null)

/** Whether this stands in the dark part of a page. */
export const useInDark = (): boolean => useContext(Around) === dark

/** Sets a palette for everything below it; the dark one is that of the reading room. */
export function Theme({ palette = light, children }: Props) {
  // Already inside this palette: antd would compute every colour again.
  if (useContext(Around) === palette) return children
  return (
    <Around value={palette}>
      <Provider palette={palette}>{children}</Provider>
    </Around>
  )
}

function Provider({ palette = light, children }: Props) {
  const { i18n } = useTranslation()
  return (
    <ConfigProvider
      theme={antdTheme(palette)}
      locale={i18n.language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
    >
      {palette === dark ? (
        <div data-dark style={{ ...properties(dark), color: 'var(--ink)', display: 'contents' }}>
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
