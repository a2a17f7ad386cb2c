/** 听写: what is said is written, where this device recognises speech itself; elsewhere there is no such button. */
import { AudioOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { finalOf, onDevice, type Recognition, recogniser } from './recognition'

/** `what` names the field. */
type Props = { what: string; onSaid: (text: string) => void }

export function Dictate({ what, onSaid }: Props) {
  const { i18n } = useTranslation()
  const lang = i18n.language === 'en' ? 'en-US' : 'zh-CN'
  const { data: can } = useQuery({
    queryKey: ['dictation', lang],
    queryFn: () => onDevice(lang),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return can ? <Microphone what={what} onSaid={onSaid} lang={lang} /> : null
}

function Microphone({ what, onSaid, lang }: Props & { lang: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [hears, setHears] = useState<Recognition | null>(null)
  const said = useRef(onSaid)
  said.current = onSaid
  // With the field goes the microphone.
  useEffect(() => () => hears?.abort(), [hears])
  const begin = () => {
    const Known = recogniser()
    if (!Known) return
    const one = new Known()
    one.lang = lang
    one.continuous = true
    one.processLocally = true
    one.onresult = (event) => {
      const text = finalOf(event)
      if (text) said.current(text)
    }
    one.onerror = ({ error }) => {
      if (error === 'aborted' || error === 'no-speech') return
      void message.warning(t(`rounds.dictate.${error === 'not-allowed' ? 'denied' : 'failed'}`), 6)
    }
    one.onend = () => setHears(null)
    one.start()
    setHears(one)
  }
  return (
    <Button
      size="small"
      icon={<AudioOutlined aria-hidden />}
      aria-pressed={hears !== null}
      aria-label={t(`rounds.dictate.${hears ? 'stop_of' : 'start_of'}`, { what })}
      title={t('rounds.dictate.hint')}
      onClick={() => (hears ? hears.stop() : begin())}
    >
      {t(`rounds.dictate.${hears ? 'stop' : 'start'}`)}
    </Button>
  )
}
