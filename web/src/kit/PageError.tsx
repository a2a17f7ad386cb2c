/** Shown for a page that crashed and for an unknown URL, with a way on. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { isRouteErrorResponse, Link, useRouteError } from 'react-router'
import { paths } from '../paths'
import { EmptyState } from './EmptyState'
import css from './Notice.module.css'
import { Theme } from './Theme'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState
      title={t('state.no_page')}
      hint={t('state.no_page_hint')}
      action={<Link to={paths.home()}>{t('state.back')}</Link>}
    />
  )
}

/** Whether a chunk is missing because of a new release; reloading the page helps. */
const isOldChunk = (error: unknown) =>
  error instanceof Error &&
  /module script|dynamically imported|Importing|preload CSS/.test(error.message)

export function PageError() {
  const { t } = useTranslation()
  const error = useRouteError()
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />
  return (
    <Theme>
      <div className={css.notice} role="alert">
        <b>{t(isOldChunk(error) ? 'state.new_version' : 'state.broken')}</b>
        <p>{t('state.broken_hint')}</p>
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('state.reload')}
        </Button>
        <Link to={paths.home()} reloadDocument>
          {t('state.back')}
        </Link>
      </div>
    </Theme>
  )
}
