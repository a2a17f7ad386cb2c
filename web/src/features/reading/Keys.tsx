/** The keys of the worklist: those used most below it, all of them on request. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Dialog } from '../../kit/Dialog'
import { KeyList } from '../../kit/KeyList'
import { paths } from '../../paths'
import css from './reading.module.css'

const KEYS = [
  ['J K', 'move'],
  ['⏎', 'open'],
  ['N', 'next'],
  ['U', 'release'],
  ['B', 'return'],
  ['1 – 5', 'lists'],
  ['/', 'search'],
  ['?', 'help'],
] as const

export function KeyBar({ reads }: { reads: boolean }) {
  const { t } = useTranslation()
  return (
    <footer className={css.keys}>
      {reads &&
        KEYS.filter(([, does]) => does !== 'search').map(([key, does]) => (
          <span key={key}>
            <kbd>{key}</kbd> {t(`reading.keys.${does}`)}
          </span>
        ))}
      <Link className="push target" to={paths.discrepancies()}>
        {t('reading.discrepancies.title')}
      </Link>
      {reads && (
        <>
          <Link className="target" to={paths.readingDesk()}>
            {t('reading_desk.title')}
          </Link>
          <Link className="target" to={paths.reportTemplates()}>
            {t('reading.template.title')}
          </Link>
        </>
      )}
    </footer>
  )
}

export function Help({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('reading.keys_title')} onClose={onClose}>
      <KeyList keys={KEYS.map(([shown, does]) => ({ shown, says: t(`reading.keys.${does}`) }))} />
    </Dialog>
  )
}
