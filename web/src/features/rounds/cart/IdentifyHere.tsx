/** 核对身份 at the bed: by a reader that types, by the camera, or said aloud and ticked by two people. */
import { ScanOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../../kit/Notice'
import { useLive } from '../live/context'
import { Identify } from '../live/Identify'
import type { Item } from '../live/queries'
import css from './bed.module.css'
import { useReader } from './useReader'

const Scan = lazy(() => import('./Scan'))

type Props = { item: Item; stream: MediaStream | null; offline: boolean }

export function IdentifyHere({ item, stream, offline }: Props) {
  const { t } = useTranslation()
  useBand(item, offline)
  if (item.identified_at) return null
  if (offline) return <Notice tone="urgent">{t('rounds_cart.identify_offline')}</Notice>
  return (
    <div className={css.identify}>
      <Identify item={item} scan={(check) => <ByCamera stream={stream} onRead={check} />} />
    </div>
  )
}

/** Read at any moment, also once it is known who lies there: where it is another's, the cart stands at another bed. */
function useBand(item: Item, offline: boolean): void {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { act, is } = useLive()
  const check = async (number: string) => {
    const how = 'wristband' as const
    const answer = await act({ kind: 'identify', item_id: item.id, how, number })
    if (answer?.outcome === 'already')
      void message.success(t('rounds_cart.scan.same', { bed: item.bed }))
  }
  useReader(!offline && is('doctor', 'nurse') ? (number) => void check(number) : null)
}

type CameraProps = { stream: MediaStream | null; onRead: (number: string) => Promise<void> }

function ByCamera({ stream, onRead }: CameraProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<ScanOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('rounds_cart.scan.open')}
      </Button>
      <Suspense fallback={null}>
        {open && (
          <Scan
            stream={stream}
            onRead={(number) => {
              setOpen(false)
              void onRead(number)
            }}
            onClose={() => setOpen(false)}
          />
        )}
      </Suspense>
    </>
  )
}
