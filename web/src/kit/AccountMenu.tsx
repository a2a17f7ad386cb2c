/** My name, and the way out. */
import { BellOutlined, LogoutOutlined } from '@ant-design/icons'
import { Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Actor, signOut } from '../api/session'
import { language } from '../i18n'
import { paths } from '../paths'
import css from './TopBar.module.css'
import { sendAll } from './unsent/leaving'
import { useAct } from './useAct'

export function AccountMenu({ actor }: { actor: Actor }) {
  const { t } = useTranslation()
  const en = language() === 'en'
  const name = en ? actor.name_en : actor.name
  const leave = useAct({
    run: async () => {
      await sendAll()
      await signOut()
    },
  })
  const items = [
    {
      key: 'telling',
      label: <Link to={paths.telling()}>{t('telling.menu')}</Link>,
      icon: <BellOutlined aria-hidden />,
    },
    {
      key: 'out',
      label: t('app.sign_out'),
      icon: <LogoutOutlined aria-hidden />,
      onClick: () => leave.mutate(),
    },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <button type="button" className={css.who} aria-haspopup="menu">
        <span className={css.face} aria-hidden="true">
          {name.slice(0, 1)}
        </span>
        <span>
          <b>{name}</b>
          <span className="secondary small">
            {t(`title.${actor.title}`)} · {en ? actor.department_en : actor.department}
          </span>
        </span>
      </button>
    </Dropdown>
  )
}
