/** The bell in the top bar: what this person was told, and how much of it is new. */
import { BellOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Badge, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { body, client, type Schemas } from '../../api/client'
import { useFormat } from '../../i18n/format'
import { Drawer } from '../../kit/Drawer'
import { EmptyState } from '../../kit/EmptyState'
import { usePatientWords } from '../../kit/patient'
import { useAct } from '../../kit/useAct'
import { kindOf } from './kinds'
import css from './notices.module.css'
import { noticesQuery } from './queries'
import { device } from './useRing'

type Notice = Schemas['NoticeOut']

export default function Notices() {
  const { t } = useTranslation()
  const { data } = useQuery(noticesQuery())
  const [open, setOpen] = useState(false)
  const count = data?.new ?? 0
  const [latest] = data?.items ?? []
  const see = useAct({
    run: (id: string) =>
      body(
        client.POST('/api/home/notices/{id}/seen', {
          params: { path: { id } },
          body: { device: device() },
        }),
      ),
    changes: { notices: '*' },
  })
  const show = () => {
    setOpen(true)
    if (latest && count > 0) see.mutate(latest.id)
  }
  return (
    <>
      <Button
        type="text"
        shape="circle"
        aria-label={t('notices.bell', { count })}
        icon={
          <Badge count={count} size="small">
            <BellOutlined aria-hidden className={css.bell ?? ''} />
          </Badge>
        }
        onClick={show}
      />
      <Drawer
        open={open}
        title={t('notices.title')}
        width={420}
        flush
        onClose={() => setOpen(false)}
      >
        {data?.items.length === 0 && (
          <EmptyState title={t('notices.none')} hint={t('notices.none_hint')} />
        )}
        <ul className={css.list}>
          {data?.items.map((each) => (
            <Line key={each.id} notice={each} onOpen={() => setOpen(false)} />
          ))}
        </ul>
      </Drawer>
    </>
  )
}

function Line({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { brief } = usePatientWords()
  const { ladder, when, due_at, told_at, ended_at, patient, title } = notice
  const page = title ? kindOf(notice.activity)?.page(notice.activity_id) : undefined
  const at = moment(due_at)
  const words =
    ladder === 'meeting'
      ? t(`notices.meets.${when}`, { at })
      : ladder === 'readiness'
        ? t('notices.unready')
        : t(`notices.said.${when}`, { what: t(`notices.of.${ladder as Ladder}`), at })
  return (
    <li className={`${css.line} ${ended_at ? css.ended : ''}`}>
      {page ? (
        <Link to={page} onClick={onOpen}>
          {words}
        </Link>
      ) : (
        <b>{words}</b>
      )}
      <span>{[patient && brief(patient), title].filter(Boolean).join(' · ')}</span>
      <span className="secondary small">
        {moment(told_at)}
        {ended_at && ` · ${t('notices.ended')}`}
      </span>
    </li>
  )
}

/** What is due, in words; what rings has its own band. */
type Ladder = Exclude<Notice['ladder'], 'stat' | 'meeting' | 'readiness'>
