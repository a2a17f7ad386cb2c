/** 通知渠道: by what a hospital's people and groups are told outside the pages, its administrator's page. */
import { Button, Switch } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, ifMatch } from '../../api/client'
import { useSession } from '../../api/session'
import { useFormat } from '../../i18n/format'
import { AdminTabs } from '../../kit/AdminTabs'
import { EmptyState } from '../../kit/EmptyState'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { Panel } from '../../kit/Panel'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import { type Outside, outsideQuery } from './queries'
import { RobotDialog } from './RobotDialog'
import { RobotRow } from './RobotRow'
import css from './telling.module.css'

export function Component() {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { hospital } = usePeopleWords()
  return (
    <>
      <PageHead title={t('telling.outside')} note={hospital(actor.hospital_id)}>
        <AdminTabs />
      </PageHead>
      <div className={css.page}>
        <Loaded
          query={outsideQuery()}
          what={t('telling.outside')}
          skeleton={<PanelSkeleton rows={4} />}
        >
          {(outside) => (
            <>
              <Allowed outside={outside} />
              <Robots outside={outside} />
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

function Allowed({ outside }: { outside: Outside }) {
  const { t } = useTranslation()
  const { version, mail, robots } = outside.allowed
  const allow = useAct({
    run: (allowed: { mail: boolean; robots: boolean }) =>
      body(
        client.PUT('/api/notices/outside', {
          params: { header: ifMatch(version) },
          body: allowed,
        }),
      ),
    changes: { outside: '*', choice: '*', session: '*' },
    done: t('telling.saved'),
  })
  const toggle = (name: 'mail' | 'robots', on: boolean, more?: ReactNode) => (
    <div className={css.toggle}>
      <Switch
        checked={on}
        loading={allow.isPending}
        aria-label={t(`telling.allow.${name}`)}
        onChange={(next) => allow.mutate({ mail, robots, [name]: next })}
      />
      <div>
        <strong>{t(`telling.allow.${name}`)}</strong>
        <div className="secondary">{t(`telling.allow.${name}_hint`)}</div>
        {more}
      </div>
    </div>
  )
  return (
    <Panel title={t('telling.allow.title')} note={t('telling.allow.note')}>
      <div className={css.form}>
        {toggle('mail', mail, <MailState outside={outside} />)}
        {toggle('robots', robots)}
      </div>
    </Panel>
  )
}

function MailState({ outside: { mail, mail_set_up } }: { outside: Outside }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  if (!mail_set_up) return <p className="secondary">{t('telling.no_server')}</p>
  if (mail.count === 0 || !mail.since) return <p className="secondary">{t('telling.mail_flows')}</p>
  return (
    <p className="late">
      {t('telling.mail_waits', { count: mail.count, since: moment(mail.since) })}
      {mail.why && ` ${t(`telling.why.${mail.why}`)}`}
    </p>
  )
}

function Robots({ outside }: { outside: Outside }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const { robots, hosts } = outside
  return (
    <Panel
      title={t('telling.robots')}
      note={t('telling.robots_note')}
      extra={
        hosts.length > 0 && (
          <Button size="small" type="primary" onClick={() => setAdding(true)}>
            {t('telling.robot.add')}
          </Button>
        )
      }
    >
      {hosts.length === 0 && <p className="secondary">{t('telling.no_hosts')}</p>}
      {robots.length === 0 && hosts.length > 0 && (
        <EmptyState title={t('telling.robot.none')} hint={t('telling.robot.none_hint')} />
      )}
      {robots.length > 0 && (
        <ul className={css.robots}>
          {robots.map((robot) => (
            <RobotRow key={robot.id} robot={robot} hosts={hosts} />
          ))}
        </ul>
      )}
      {adding && <RobotDialog hosts={hosts} onClose={() => setAdding(false)} />}
    </Panel>
  )
}
