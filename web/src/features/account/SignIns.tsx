/** Where I am signed in, and signing out there. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { body, client } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { useAct } from '../../kit/useAct'
import css from './account.module.css'
import type { SignInRow } from './queries'

export function SignIns({ rows }: { rows: SignInRow[] }) {
  const { t } = useTranslation()
  const others = rows.filter((each) => !each.here)
  const end = useAct({
    run: () => body(client.DELETE('/api/account/sign-ins')),
    changes: { account: '*' },
    done: t('myAccount.ended'),
  })
  return (
    <Panel
      title={t('myAccount.sign_ins')}
      note={t('myAccount.sign_ins_note')}
      extra={
        others.length > 1 && (
          <Button loading={end.isPending} onClick={() => end.mutate()}>
            {t('myAccount.end_others')}
          </Button>
        )
      }
    >
      <ul className={css.rows}>
        {[...rows.filter((each) => each.here), ...others].map((each) => (
          <Row key={each.id} row={each} />
        ))}
      </ul>
    </Panel>
  )
}

function Row({ row }: { row: SignInRow }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const end = useAct({
    run: () =>
      body(client.DELETE('/api/account/sign-ins/{id}', { params: { path: { id: row.id } } })),
    changes: { account: '*' },
    done: t('myAccount.ended'),
  })
  const browser = row.browser || t(row.address ? 'myAccount.no_browser' : 'myAccount.token')
  return (
    <li className={css.row}>
      <span>
        <b>{browser}</b> {row.here && <Pill tone="done">{t('myAccount.here')}</Pill>}
        <br />
        <span className="secondary small">{row.address}</span>
      </span>
      <span className="secondary small">
        {t('myAccount.from', { at: moment(row.since) })}
        {' · '}
        {t('myAccount.seen', { at: moment(row.seen_at) })}
      </span>
      {!row.here && (
        <Button
          loading={end.isPending}
          aria-label={t('myAccount.end_at', { what: browser })}
          onClick={() => end.mutate()}
        >
          {t('myAccount.end')}
        </Button>
      )}
    </li>
  )
}
