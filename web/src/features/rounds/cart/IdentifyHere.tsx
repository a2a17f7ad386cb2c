/** 核对身份 at the bed: by a reader that types, by the camera, or said aloud and ticked by two people. */
import { ScanOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../../kit/Notice'
import { Identify } from '../live/Identify'
import type { Item } from '../live/queries'
import css from './bed.module.css'

const Scan = lazy(() => import('./Scan'))

type Props = { item: Item; stream: MediaStream | null; offline: boolean }

export function IdentifyHere({ item, stream, offline }: Props) {
  const { t } = useTranslation()
  if (item.identified_at) return null
  if (offline) return <Notice tone="urgent">{t('rounds_cart.identify_offline')}</Notice>
  return (
    <div className={css.identify}>
      <Identify item={item} scan={(check) => <ByCamera stream={stream} onRead={check} />} />
    </div>
  )
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
