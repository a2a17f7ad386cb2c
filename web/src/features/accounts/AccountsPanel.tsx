/** Accounts that are locked, and others by name: unlocking them, and taking a lost second factor away. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { EmptyState } from '../../kit/EmptyState'
import { ErrorState } from '../../kit/ErrorState'
import { Field } from '../../kit/Field'
import { Panel } from '../../kit/Panel'
import { Pill } from '../../kit/Pill'
import { useAct } from '../../kit/useAct'
import css from './accounts.module.css'
import { accountsQuery, type Row } from './queries'

export function AccountsPanel() {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const { data, error, refetch } = useQuery(accountsQuery(useDeferredValue(q.trim())))
  const [lost, setLost] = useState<{ what: Lost; row: Row } | null>(null)
  return (
    <Panel title={t('accounts.list')} note={t('accounts.list_note')}>
      <div className={css.find}>
        <Field label={t('accounts.find')}>
          {(ids) => (
            <Input
              {...ids}
              allowClear
              autoComplete="off"
              maxLength={60}
              placeholder={t('accounts.find_hint')}
              value={q}
              onChange={({ target }) => setQ(target.value)}
            />
          )}
        </Field>
      </div>
      {error && (
        <ErrorState error={error} what={t('accounts.list')} onRetry={() => void refetch()} />
      )}
      {data?.items.length === 0 && (
        <EmptyState
          title={t(q.trim() ? 'accounts.nobody' : 'accounts.none_locked')}
          hint={t(q.trim() ? 'accounts.nobody_hint' : 'accounts.none_locked_hint')}
        />
      )}
      <ul className={css.rows}>
        {data?.items.map((row) => (
          <Account key={row.id} row={row} onLost={(what) => setLost({ what, row })} />
        ))}
      </ul>
      {lost?.what === 'factor' && <LostFactor row={lost.row} onClose={() => setLost(null)} />}
      {lost?.what === 'badge' && <LostBadge row={lost.row} onClose={() => setLost(null)} />}
    </Panel>
  )
}

type Lost = 'factor' | 'badge'

function useName() {
  const { i18n } = useTranslation()
  return (row: Row) => (i18n.language === 'en' ? row.name_en : row.name)
}

function Account({ row, onLost }: { row: Row; onLost: (what: Lost) => void }) {
  const { t } = useTranslation()
  const name = useName()(row)
  const unlock = useAct({
    run: () =>
      body(client.POST('/api/admin/accounts/{id}/unlock', { params: { path: { id: row.id } } })),
    changes: { account: '*' },
    done: t('accounts.unlocked', { name }),
  })
  return (
    <li className={css.row}>
      <span>
        <b>{name}</b> <span className="secondary small">{row.username}</span>
      </span>
      <State row={row} />
      <span className={css.acts}>
        {row.locked_until && (
          <Button
            type="primary"
            loading={unlock.isPending}
            aria-label={t('accounts.unlock_whom', { name })}
            onClick={() => unlock.mutate()}
          >
            {t('accounts.unlock')}
          </Button>
        )}
        {row.second_factor && (
          <Button aria-label={t('accounts.lost_whom', { name })} onClick={() => onLost('factor')}>
            {t('accounts.lost')}
          </Button>
        )}
        {row.badge && (
          <Button
            aria-label={t('accounts.badge_lost_whom', { name })}
            onClick={() => onLost('badge')}
          >
            {t('accounts.badge_lost')}
          </Button>
        )}
      </span>
    </li>
  )
}

function State({ row }: { row: Row }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  return (
    <span className={css.state}>
      {row.locked_until && (
        <Pill tone="urgent">{t('accounts.locked', { at: moment(row.locked_until) })}</Pill>
      )}
      {row.disabled && <Pill tone="stat">{t('accounts.disabled')}</Pill>}
      <span className="secondary small">
        {[
          t(row.second_factor ? 'accounts.factor' : 'accounts.no_factor'),
          row.badge && t('accounts.badge'),
          !row.has_password && t('accounts.no_password'),
          row.one_time_until && t('accounts.one_time', { at: moment(row.one_time_until) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  )
}

function LostFactor({ row, onClose }: { row: Row; onClose: () => void }) {
  const { t } = useTranslation()
  const name = useName()(row)
  const reset = useAct({
    run: () =>
      body(
        client.POST('/api/admin/accounts/{id}/second-factor-reset', {
          params: { path: { id: row.id } },
        }),
      ),
    changes: { account: '*' },
    done: t('accounts.reset_done', { name }),
    onDone: onClose,
  })
  return (
    <Dialog
      title={t('accounts.lost_whom', { name })}
      confirm={t('accounts.lost')}
      danger
      busy={reset.isPending}
      onConfirm={() => reset.mutate()}
      onClose={onClose}
    >
      <p>{t('accounts.lost_hint', { name })}</p>
    </Dialog>
  )
}

function LostBadge({ row, onClose }: { row: Row; onClose: () => void }) {
  const { t } = useTranslation()
  const name = useName()(row)
  const remove = useAct({
    run: () =>
      body(
        client.POST('/api/admin/accounts/{id}/badge-removal', { params: { path: { id: row.id } } }),
      ),
    changes: { account: '*' },
    done: t('accounts.badge_removed', { name }),
    onDone: onClose,
  })
  return (
    <Dialog
      title={t('accounts.badge_lost_whom', { name })}
      confirm={t('accounts.badge_lost')}
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t('accounts.badge_lost_hint', { name })}</p>
    </Dialog>
  )
}
