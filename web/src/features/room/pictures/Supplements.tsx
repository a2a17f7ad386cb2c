/** 会诊中补充: announces material added during the meeting, with who added it and when. */
import { FileAddOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEntryWords } from '../../../consultation/historyWords'
import type { Consultation } from '../../../consultation/view'
import { useFormat } from '../../../i18n/format'
import css from './room.module.css'

/** The number of newest items to name; the packet shows all. */
const NAMED = 3

const shelf = (room: string) => `supplements/${room}`

/** What was dismissed, so that a reload does not announce it again. */
function useSeen(room: string): [string, (id: string) => void] {
  const [seen, setSeen] = useState(() => sessionStorage.getItem(shelf(room)) ?? '')
  const see = (id: string) => {
    sessionStorage.setItem(shelf(room), id)
    setSeen(id)
  }
  return [seen, see]
}

type Props = { consultation: Consultation; onPacket: () => void }

export function Supplements({ consultation: c, onPacket }: Props) {
  const { t } = useTranslation()
  const { time } = useFormat()
  const words = useEntryWords(c)
  const [seen, see] = useSeen(c.id)
  const all = c.history.filter(({ type }) => type === 'packet.supplemented')
  const fresh = all.slice(all.findIndex(({ id }) => id === seen) + 1)
  const newest = fresh.at(-1)?.id
  if (!newest) return null
  const named = fresh.slice(-NAMED).map(words).reverse()
  const put = () => see(newest)
  return (
    <div className={`${css.strip} ${css.info}`} role="status">
      <FileAddOutlined aria-hidden />
      <span>
        {named.map(({ id, at, who, what }) => (
          <span key={id} className={css.supplement}>
            <b>
              {who} {time(at)}
            </b>{' '}
            {what}
          </span>
        ))}
        {fresh.length > NAMED && t('room.strip.more', { n: String(fresh.length - NAMED) })}
      </span>
      <Button
        className="push"
        size="small"
        onClick={() => {
          put()
          onPacket()
        }}
      >
        {t('room.strip.packet')}
      </Button>
      <Button size="small" type="text" onClick={put}>
        {t('room.strip.seen')}
      </Button>
    </div>
  )
}
