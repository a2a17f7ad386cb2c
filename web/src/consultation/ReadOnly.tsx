/** On a page that is open by break-glass alone: until when, that the branch knows, and the way to what was opened. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Schemas } from '../api/client'
import { useNow } from '../api/clock'
import { useFormat } from '../i18n/format'
import { Notice } from '../kit/Notice'
import { usePeopleWords } from '../kit/people'
import { paths } from '../paths'

type Props = { opened: Schemas['ByBreakGlass']; branch: string }

/** The default: it is loaded where somebody reads by break-glass. */
export default function ReadOnly({ opened, branch }: Props) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { hospital } = usePeopleWords()
  const over = useNow() >= Date.parse(opened.until)
  const at = moment(opened.until)
  return (
    <Notice
      tone="urgent"
      action={
        <Link className="target" to={paths.breakGlass(opened.id)}>
          {t('read_only.opening')}
        </Link>
      }
    >
      {over
        ? t('read_only.over', { at })
        : t('read_only.running', { at, hospital: hospital(branch) })}
    </Notice>
  )
}
