/** What a page does that is open: a tone, the title, and notifications of the browser. */
import { Button, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chimes, letChime } from '../../kit/bell'
import { Notice } from '../../kit/Notice'
import { usePermission } from '../../kit/notification'
import { Panel } from '../../kit/Panel'
import css from './telling.module.css'

export function OnPages() {
  const { t } = useTranslation()
  const [sounds, setSounds] = useState(chimes)
  const [allowed, ask] = usePermission()
  return (
    <Panel title={t('telling.pages')}>
      <p>{t('telling.pages_how')}</p>
      <div className={css.toggle}>
        <Switch
          checked={sounds}
          onChange={(on) => {
            letChime(on)
            setSounds(on)
          }}
          aria-label={t('telling.chime')}
        />
        <div>
          <strong>{t('telling.chime')}</strong>
          <div className="secondary">{t('telling.chime_hint')}</div>
        </div>
      </div>
      {allowed !== 'granted' && (
        <Notice
          action={
            allowed === 'default' && (
              <Button size="small" onClick={ask}>
                {t('home.notify_allow')}
              </Button>
            )
          }
        >
          {t(`telling.browser.${allowed}`)}
        </Notice>
      )}
      <p className="secondary small">{t('telling.pages_limit')}</p>
    </Panel>
  )
}
