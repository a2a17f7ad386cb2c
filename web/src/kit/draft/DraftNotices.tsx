/** What a person has to decide about a draft: what could not be sent before, and each field that was changed both
 *  here and elsewhere. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Notice } from '../Notice'
import { UnsentOffer } from '../unsent/UnsentOffer'
import css from '../unsent/UnsentOffer.module.css'
import type { Draft } from './draft'
import type { Clash } from './merge'
import { useOffer, useView } from './useDraft'

const LONGEST = 120

type Words = {
  /** The field as the form calls it. */
  name: (field: string) => string
  /** Its value in words; empty where the name says enough. */
  text: (field: string, value: unknown) => string
}
/** `of`: the name under which the draft lies on this computer. */
type Props<D> = Words & { draft: Draft<D>; of: string }

export function DraftNotices<D>({ draft, of, ...words }: Props<D>) {
  const { clashes } = useView(draft)
  const offer = useOffer(draft, of)
  const writable = draft.kind.writable(draft.server)
  return (
    <>
      {offer && (
        <UnsentOffer
          offer={offer}
          {...words}
          {...(writable ? { onRestore: (found) => draft.restore(found) } : {})}
        />
      )}
      {clashes.map((clash) => (
        <ClashNotice
          key={`${clash.field}${String(clash.late)}`}
          clash={clash}
          {...words}
          onDecide={(take) => draft.decide(clash, take)}
        />
      ))}
    </>
  )
}

type ClashProps = Words & { clash: Clash; onDecide: (take: 'mine' | 'theirs') => void }

/** Typed here: mine stands in the form, and theirs is shown. Typed on a page that has gone: the other way round. */
function ClashNotice({ clash, name, text, onDecide }: ClashProps) {
  const { t } = useTranslation()
  const { field, mine, theirs, late } = clash
  const other = text(field, late ? mine : theirs).slice(0, LONGEST)
  return (
    <Notice
      tone="urgent"
      action={
        <span className={css.buttons}>
          <Button size="small" onClick={() => onDecide('theirs')}>
            {t(late ? 'draft.clash.leave' : 'draft.clash.take')}
          </Button>
          <Button size="small" type={late ? 'default' : 'primary'} onClick={() => onDecide('mine')}>
            {t('draft.clash.keep')}
          </Button>
        </span>
      }
    >
      <p>{t(late ? 'draft.clash.late' : 'draft.clash.title', { field: name(field) })}</p>
      {other && <p>{t(late ? 'draft.clash.mine' : 'draft.clash.theirs', { text: other })}</p>}
    </Notice>
  )
}
