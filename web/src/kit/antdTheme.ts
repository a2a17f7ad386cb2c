/** The tokens of design.md as Ant Design wants them. */
import { type ThemeConfig, theme } from 'antd'
import { dark, light, type Palette } from '../theme'

/** Read once, because antd rebuilds the whole page when it changes, which would end a call. */
const still = window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false

const antdThemeOf = (p: Palette): ThemeConfig => ({
  // All providers of a palette share one name, so that antd computes the properties once.
  cssVar: { key: p === dark ? 'css-var-dark' : 'css-var-light' },
  algorithm: p === dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
  token: {
    motion: !still,
    fontFamily: 'inherit',
    fontSize: 14,
    controlHeight: 32,
    borderRadius: 8,
    borderRadiusLG: 10,
    colorPrimary: p.brand,
    colorLink: p.brand,
    // What antd makes of it under the pointer is too faint to read (4.19:1, dark 2.37:1).
    colorLinkHover: p.brand,
    colorLinkActive: p.brand,
    colorError: p.stat,
    // What antd makes of it is too faint for white words (4.35:1).
    colorErrorHover: p.stat,
    colorWarning: p.urgent,
    colorSuccess: p.done,
    colorInfo: p.info,
    colorText: p.ink,
    colorTextSecondary: p.ink2,
    colorTextDescription: p.ink2,
    colorTextPlaceholder: p.ink2,
    colorBorder: p.edge,
    colorBorderSecondary: p.line,
    colorBgLayout: p.page,
    colorBgContainer: p.panel,
    colorBgElevated: p.panel,
  },
  components: {
    // A signed request is still read, in fields that take nothing any more.
    Input: { colorTextDisabled: p.ink2 },
    Select: { colorTextDisabled: p.ink2 },
    Checkbox: { colorTextDisabled: p.ink2 },
    Button: {
      fontWeight: 600,
      primaryShadow: 'none',
      defaultShadow: 'none',
      dangerShadow: 'none',
      // White on the reading room's bright brand colour is too faint to read.
      primaryColor: p === dark ? p.page : '#fff',
      dangerColor: p === dark ? p.page : '#fff',
    },
    Switch: { trackHeight: 24, handleSize: 20 },
    Segmented: {
      boxShadowTertiary: 'none',
      trackBg: p.panel,
      trackPadding: 0,
      itemColor: p.ink2,
      itemSelectedBg: p.brandSoft,
      itemSelectedColor: p.brand,
    },
  },
})

const [lightTheme, darkTheme] = [antdThemeOf(light), antdThemeOf(dark)]
/** Always the same object, because antd deeply compares a new one at every render. */
export const antdTheme = (p: Palette): ThemeConfig => (p === dark ? darkTheme : lightTheme)
