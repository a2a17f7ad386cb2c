/** The way from a list to the import of its rows. */
import { UploadOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { imports } from '../i18n/zh-CN/imports'
import { paths } from '../paths'
import css from './ImportLink.module.css'

type Props = { kind: keyof typeof imports.kinds; children?: ReactNode }

export function ImportLink({ kind, children }: Props) {
  const { t } = useTranslation()
  return (
    <Link className={css.link} to={paths.imports(kind)}>
      <UploadOutlined aria-hidden />{' '}
      {children ?? t('imports.title', { what: t(`imports.kinds.${kind}`) })}
    </Link>
  )
}
