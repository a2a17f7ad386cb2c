/** What a person must decide about a draft: unsent text of an earlier page, and each field that was changed both here
 *  and elsewhere. */
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
  /** The field's label. */
  name: (field: string) => string
  /** The value as text; empty if the label is enough. */
  text: (field: string, value: unknown) => string
}
/** `of`: the name under which the draft is stored on this computer. `alone`: only this person writes it, so whatever
 *  was changed elsewhere was changed by themselves. */
type Props<D> = Words & { draft: Draft<D>; of: string; alone?: boolean }

export function DraftNotices<D>({ draft, of, alone = false, ...words }: Props<D>) {
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
          alone={alone}
          {...words}
          onDecide={(take) => draft.decide(clash, take)}
        />
      ))}
    </>
  )
}

type ClashProps = Words & {
  clash: Clash
  alone: boolean
  onDecide: (take: 'mine' | 'theirs') => void
}

/** A clash. If it was typed on this page, the form has mine and this shows theirs; if on an earlier page, vice versa. */
function ClashNotice({ clash, alone, name, text, onDecide }: ClashProps) {
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
      <p>
        {t(`draft.clash.${late ? 'late' : alone ? 'own_title' : 'title'}`, { field: name(field) })}
      </p>
      {other && <p>{t(late ? 'draft.clash.mine' : 'draft.clash.theirs', { text: other })}</p>}
    </Notice>
  )
}
