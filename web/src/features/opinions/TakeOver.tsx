/** What an earlier lead expert wrote: the new one goes on with it or begins anew; who wrote it reads on what is theirs. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Notice } from '../../kit/Notice'
import { usePeopleWords } from '../../kit/people'
import { useAct } from '../../kit/useAct'
import { whole } from './content'
import { OpinionRead } from './OpinionRead'
import css from './opinions.module.css'
import { type Opinion, takeOver } from './queries'
import { useOwnFormer } from './useOwnFormer'

type Props = { id: string; opinion: Opinion }

/** For the new lead expert, before anything else can be written. */
export function TakeOver({ id, opinion }: Props) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { named } = usePeopleWords()
  const { draft } = opinion
  const take = useAct({
    run: (keep: boolean) => takeOver(id, draft?.version ?? 0, keep),
    changes: { opinion: id },
  })
  if (!opinion.may.take_over || !draft?.id) return null
  const who = named({ name: opinion.author, name_en: opinion.author_en })
  return (
    <>
      <Notice>
        {t('opinions.former.decide', { who, at: draft.saved_at ? moment(draft.saved_at) : '' })}
      </Notice>
      <p className={css.buttons}>
        <Button type="primary" loading={take.isPending} onClick={() => take.mutate(true)}>
          {t('opinions.former.keep')}
        </Button>
        <Button disabled={take.isPending} onClick={() => take.mutate(false)}>
          {t('opinions.former.anew')}
        </Button>
      </p>
      <OpinionRead content={whole(draft.content)} owners={{}} />
    </>
  )
}

export function OwnFormer({ opinion }: { opinion: Opinion }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { named } = usePeopleWords()
  return useOwnFormer(opinion).map(({ id, content, saved_at, taken }) => (
    <section key={id} aria-label={t('opinions.former.yours')}>
      <p className="secondary small">
        <b>{t('opinions.former.yours')}</b>
        {saved_at && ` · ${t('opinions.former.saved', { at: moment(saved_at) })}`}
        {' · '}
        {taken
          ? t(taken.continued ? 'opinions.former.continued' : 'opinions.former.begun_anew', {
              who: named({ name: taken.taken_by, name_en: taken.taken_by_en }),
            })
          : t('opinions.former.waits')}
      </p>
      <OpinionRead content={whole(content)} owners={{}} />
    </section>
  ))
}
