/** The third step: what was imported, and what is left to do. */
import { CheckCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Counted } from './Check'
import css from './imports.module.css'
import type { Checked, Fix, Kind } from './queries'
import { Rows } from './Rows'

type Props = {
  kind: Kind
  file: File
  fixes: readonly Fix[]
  checked: Checked
  onAgain: () => void
}

export function Done({ kind, file, fixes, checked, onAgain }: Props) {
  const { t } = useTranslation()
  const { counts } = checked
  return (
    <div className={css.page}>
      <p className={css.done} role="status">
        <CheckCircleOutlined aria-hidden />
        {counts.new + counts.changed > 0
          ? t('imports.done.imported', { count: counts.new + counts.changed })
          : t('imports.done.nothing')}
      </p>
      <Counted kind={kind} file={file} fixes={fixes} checked={checked} />
      {counts.wrong > 0 && (
        <>
          <p>{t('imports.done.wrong')}</p>
          <Rows checked={checked} shown="wrong" busy onFix={() => undefined} />
        </>
      )}
      {kind === 'staff' && counts.new > 0 && <p>{t('imports.done.passwords')}</p>}
      <div className={css.acts}>
        <Button type="primary" onClick={onAgain}>
          {t('imports.done.more')}
        </Button>
      </div>
    </div>
  )
}
