import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

const HandOverDialog = lazy(() => import('./HandOverDialog'))

/** Whoever is on duty, or will be, gives a shift to somebody, whether they stand by or not. */
export function HandingOver({ link = false }: { link?: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        type={link ? 'link' : 'default'}
        size={link ? 'small' : 'middle'}
        onClick={() => setOpen(true)}
      >
        {t('standby.hand_over')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <HandOverDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
