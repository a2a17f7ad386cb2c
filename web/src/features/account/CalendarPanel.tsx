/** 日历订阅: links under which calendar programs read my bookings; an address is shown once, when its link is made. */
import { App, Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { Loaded } from '../../kit/Loaded'
import { Panel } from '../../kit/Panel'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import css from './account.module.css'
import { calendarLinksQuery } from './queries'

type Made = Schemas['CalendarLinkMade']
type Link = Schemas['CalendarLinkOut']

export function CalendarPanel() {
  const { t } = useTranslation()
  const [making, setMaking] = useState(false)
  return (
    <Panel title={t('myAccount.calendar.title')} note={t('myAccount.calendar.note')}>
      <Loaded
        query={calendarLinksQuery()}
        what={t('myAccount.calendar.title')}
        skeleton={<PanelSkeleton rows={1} />}
      >
        {({ links, most }) => (
          <>
            {links.length === 0 && <p>{t('myAccount.calendar.none')}</p>}
            <ul className={css.rows}>
              {links.map((each) => (
                <Row key={each.id} link={each} />
              ))}
            </ul>
            <div className={css.acts}>
              <Button disabled={links.length >= most} onClick={() => setMaking(true)}>
                {t('myAccount.calendar.make')}
              </Button>
              {links.length >= most && (
                <span className="secondary small">
                  {t('myAccount.calendar.full', { most: String(most) })}
                </span>
              )}
            </div>
          </>
        )}
      </Loaded>
      {making && <Making onClose={() => setMaking(false)} />}
    </Panel>
  )
}

function Row({ link }: { link: Link }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const [asking, setAsking] = useState(false)
  const name = link.name || t('myAccount.calendar.unnamed')
  const revoke = useAct({
    run: () =>
      body(
        client.DELETE('/api/account/calendar-links/{id}', { params: { path: { id: link.id } } }),
      ),
    changes: { account: '*' },
    done: t('myAccount.calendar.revoked'),
  })
  return (
    <li className={css.row}>
      <b>{name}</b>
      <span className="secondary small">
        {t('myAccount.calendar.since', { at: moment(link.created_at) })}
        {' · '}
        {link.fetched_at
          ? t(link.fetched_by ? 'myAccount.calendar.fetched_by' : 'myAccount.calendar.fetched', {
              at: moment(link.fetched_at),
              by: link.fetched_by,
            })
          : t('myAccount.calendar.not_fetched')}
      </span>
      <Button
        aria-label={t('myAccount.calendar.revoke_of', { name })}
        onClick={() => setAsking(true)}
      >
        {t('myAccount.calendar.revoke')}
      </Button>
      {asking && (
        <Dialog
          title={t('myAccount.calendar.revoke_of', { name })}
          confirm={t('myAccount.calendar.revoke')}
          danger
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate()}
          onClose={() => setAsking(false)}
        >
          {t('myAccount.calendar.revoke_note')}
        </Dialog>
      )}
    </li>
  )
}

function Making({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [made, setMade] = useState<Made | null>(null)
  const make = useAct<void, Made>({
    run: () => body(client.POST('/api/account/calendar-links', { body: { name: name.trim() } })),
    changes: { account: '*' },
    onDone: setMade,
  })
  if (made)
    return (
      <Dialog title={t('myAccount.calendar.made')} onClose={onClose}>
        <Address made={made} />
        <div className={css.acts}>
          <Button type="primary" onClick={onClose}>
            {t('myAccount.calendar.kept')}
          </Button>
        </div>
      </Dialog>
    )
  return (
    <Dialog
      title={t('myAccount.calendar.make')}
      confirm={t('myAccount.calendar.make_it')}
      busy={make.isPending}
      onConfirm={() => make.mutate()}
      onClose={onClose}
    >
      <Field label={t('myAccount.calendar.name')} hint={t('myAccount.calendar.name_hint')}>
        {(ids) => (
          <Input
            {...ids}
            autoFocus
            maxLength={40}
            value={name}
            onChange={({ target }) => setName(target.value)}
            onPressEnter={() => make.mutate()}
          />
        )}
      </Field>
    </Dialog>
  )
}

function Address({ made }: { made: Made }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const field = useId()
  const copy = () =>
    // Absent where the page was not loaded over https: then it is copied by hand.
    (navigator.clipboard?.writeText(made.address) ?? Promise.reject()).then(
      () => message.success(t('myAccount.calendar.copied')),
      () => message.info(t('myAccount.calendar.copy_by_hand')),
    )
  return (
    <>
      <p>{t('myAccount.calendar.once')}</p>
      <label htmlFor={field}>{t('myAccount.calendar.address')}</label>
      <span className={css.line}>
        <Input
          id={field}
          readOnly
          value={made.address}
          onFocus={(event) => event.target.select()}
        />
        <Button onClick={() => void copy()}>{t('myAccount.calendar.copy')}</Button>
      </span>
      <div className={css.phone}>
        <img className={css.qr} src={made.qr} alt={t('myAccount.calendar.qr')} />
        <ul className="secondary small">
          <li>{t('myAccount.calendar.on_outlook')}</li>
          <li>{t('myAccount.calendar.on_phone')}</li>
          <li>
            <a href={made.subscribe}>{t('myAccount.calendar.here')}</a>
          </li>
        </ul>
      </div>
    </>
  )
}
