/** The foot, always visible: what is missing, who gets the request and by when, preview and submit. */
import { LockOutlined, MoreOutlined, SendOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { body, client, ifMatch } from '../../api/client'
import { useSession } from '../../api/session'
import { STRAIGHT } from '../../consultation/straight'
import { newId } from '../../id'
import { useSaving } from '../../kit/draft/useDraft'
import { Menu } from '../../kit/Menu'
import { SaveState } from '../../kit/SaveState'
import { useAct } from '../../kit/useAct'
import { useFits } from '../../kit/useFits'
import { paths } from '../../paths'
import { useDraft } from './draft'
import { Preview } from './Preview'
import { useReceiverWords } from './receiver'
import css from './requests.module.css'
import { goTo, useMissingWords } from './words'

/** Submits once, however often it is clicked; if something is missing, goes to that field instead. */
function useSubmit() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { row, missing, settled, refresh } = useDraft()
  const words = useMissingWords()
  const { who } = useReceiverWords()
  const { actor } = useSession()
  /** The Idempotency-Key, so that a second click is the same act. */
  const key = useRef(newId())
  /** Set at once by a click, because a second one may come before the page is drawn again. */
  const busy = useRef(false)
  const submit = useAct({
    run: async () => {
      const kept = await settled()
      return body(
        client.POST('/api/requests/{id}/submit', {
          params: { path: { id: row.id }, header: ifMatch(kept.version) },
          headers: { 'Idempotency-Key': `${key.current}-${kept.version}` },
        }),
      )
    },
    changes: { consultation: row.id },
    onDone: (done) => {
      void message.success(
        t('requests.foot.submitted', { number: done.number, who: who(done.receiver) }),
        6,
      )
      // Who calls in an emergency waits in the room at once, and sees there at whom it rings.
      if (row.urgency === 'stat' && row.accompanying_id === actor?.id)
        void navigate(paths.room(row.id), { state: STRAIGHT })
      else void navigate(paths.consultation(row.id))
    },
    onProblem: (problem) => {
      if (problem.extra.reason !== 'incomplete') return false
      const items = (problem.extra.missing as string[] | undefined) ?? []
      void message.warning(t('requests.foot.incomplete', { items: words.list(items) }), 6)
      void refresh()
      if (items[0]) goTo(items[0])
      return true
    },
  })
  const press = () => {
    if (missing[0]) goTo(missing[0])
    else if (!busy.current) {
      busy.current = true
      submit.mutate(undefined, {
        onError: () => {
          busy.current = false
        },
      })
    }
  }
  return { press, busy: submit.isPending }
}

export function Foot() {
  const { t } = useTranslation()
  const { row, missing, draft, fixed } = useDraft()
  const saving = useSaving(draft)
  const words = useMissingWords()
  const { sentence } = useReceiverWords()
  const submit = useSubmit()
  const [previewing, setPreviewing] = useState(false)
  const before = row.state === 'draft' || row.state === 'returned'
  const label = t(`requests.foot.submit.${row.receiver.action}`)
  const n = String(missing.length)
  // On a phone the number stands above the button, which has room for its name alone.
  const phone = useFits('(max-width: 599px)')
  return (
    <footer className={css.foot}>
      <span className={css.kept}>
        <SaveState saving={saving} />
      </span>
      {(before || !fixed) && (
        <span className={`push secondary ${css.next}`}>
          {missing.length > 0 && (
            <Menu
              items={missing.map((word) => ({
                key: word,
                label: words.one(word),
                onClick: () => goTo(word),
              }))}
            >
              <button type="button" className={css.chip} aria-haspopup="menu">
                {t(before ? 'requests.foot.lacks' : 'requests.lacks', { n })}
              </button>
            </Menu>
          )}
          {before && !(phone && missing.length > 0) && <span>{sentence(row.receiver)}</span>}
        </span>
      )}
      <span className={`${css.row} ${css.buttons} ${fixed ? 'push' : ''}`}>
        <More />
        <Button size="large" onClick={() => setPreviewing(true)}>
          {t('requests.foot.preview')}
        </Button>
        {before && !fixed && (
          <Button
            size="large"
            type={missing.length > 0 ? 'default' : 'primary'}
            danger={row.urgency === 'stat' && missing.length === 0}
            icon={missing.length > 0 ? <LockOutlined aria-hidden /> : <SendOutlined aria-hidden />}
            loading={submit.busy}
            onClick={submit.press}
          >
            {missing.length > 0 && !phone
              ? t('requests.foot.submit_lacks', { submit: label, n })
              : label}
          </Button>
        )}
      </span>
      {previewing && <Preview onClose={() => setPreviewing(false)} />}
    </footer>
  )
}

/** The menu of rare acts: discard the draft. */
function More() {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const navigate = useNavigate()
  const { row, fixed, flush } = useDraft()
  const discard = useAct({
    run: async () => {
      const kept = await flush()
      return body(
        client.DELETE('/api/requests/{id}', {
          params: { path: { id: row.id }, header: ifMatch(kept.version) },
        }),
      )
    },
    // The request is gone, so it must not be fetched again.
    changes: { consultation: '*' },
    done: t('acts.done.discard'),
    onDone: () => void navigate(paths.home()),
  })
  if (fixed || row.state !== 'draft') return null
  const ask = () =>
    void modal.confirm({
      title: t('requests.foot.discard_title'),
      content: t('requests.foot.discard_words'),
      okText: t('requests.foot.discard'),
      okButtonProps: { danger: true },
      cancelText: t('state.cancel'),
      onOk: () => discard.mutateAsync(),
    })
  return (
    <Menu items={[{ key: 'discard', label: t('requests.foot.discard'), onClick: ask }]}>
      <Button type="text" icon={<MoreOutlined aria-hidden />} aria-label={t('state.more')} />
    </Menu>
  )
}
