/** Above the report: that the images are in a window of their own, whether they are all there, and how to have them back. */
import { ExportOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../kit/Dialog'
import { KeyList } from '../../../kit/KeyList'
import { Notice } from '../../../kit/Notice'
import { freeFor } from '../../../kit/shortcuts'
import { POP_OUT_KEY } from '../ReadingImages'
import { imagesWindow, type State } from './imagesWindow'
import css from './secondScreen.module.css'

export function ApartBar({ reading, state }: { reading: string; state: State }) {
  const { t } = useTranslation()
  const [help, setHelp] = useState(false)
  useHelpKey(() => setHelp(true))
  const ours = state.shows === reading
  return (
    <div className={css.bar}>
      <ExportOutlined aria-hidden />
      <b>{t('reading_screen.apart')}</b>
      <span role="status" className={ours ? 'secondary' : css.other}>
        {t(`reading_screen.${ours ? (state.sharp ? 'sharp' : 'reading') : 'not_yet'}`)}
      </span>
      <span className="push" />
      <Button type="text" onClick={() => setHelp(true)}>
        {t('reading.keys_title')} <kbd>?</kbd>
      </Button>
      <Button onClick={() => imagesWindow.focus()}>{t('reading_screen.focus')}</Button>
      <Button onClick={() => imagesWindow.close()}>
        {t('reading_screen.back')} <kbd>{POP_OUT_KEY}</kbd>
      </Button>
      {help && <Keys onClose={() => setHelp(false)} />}
    </div>
  )
}

/** The browser has not let the window open. */
export function Blocked() {
  const { t } = useTranslation()
  return <Notice tone="urgent">{t('reading_screen.blocked')}</Notice>
}

/** With the images their own list of keys has left the page. */
const KEYS = [
  [POP_OUT_KEY, 'back'],
  ['Alt T', 'template'],
  ['Alt P', 'phrases'],
  ['F2', 'slot'],
  ['Ctrl ⏎', 'submit'],
  ['N', 'next'],
  ['?', 'help'],
] as const

function Keys({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('reading.keys_title')} onClose={onClose}>
      <KeyList
        keys={KEYS.map(([shown, does]) => ({ shown, says: t(`reading_screen.keys.${does}`) }))}
      />
      <p className="secondary small">{t('reading_screen.keys_there')}</p>
    </Dialog>
  )
}

function useHelpKey(does: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '?' || !freeFor(event)) return
      event.preventDefault()
      does()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}
