/** One expert's section: written here by who may, signed by its expert, or read. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DraftNotices } from '../../../kit/draft/DraftNotices'
import { useSaving, useView } from '../../../kit/draft/useDraft'
import { Pill } from '../../../kit/Pill'
import { usePeopleWords } from '../../../kit/people'
import { SaveState } from '../../../kit/SaveState'
import { useAct } from '../../../kit/useAct'
import { AbsentDialog } from './AbsentDialog'
import css from './mdt.module.css'
import {
  correctSection,
  type Section,
  type SectionDraft,
  unsentOf,
  useSectionDraft,
  waitAgain,
} from './queries'
import { SignDialog } from './SignDialog'
import { Signed } from './Signed'

type Props = { id: string; section: Section }

export function OneSection({ id, section }: Props) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const draft = useSectionDraft(id, section)
  const { signed, absent, member, awaited, dissents } = section
  const who = named(section)
  const department = named({ name: section.department, name_en: section.department_en })
  return (
    <article className={css.section} aria-label={t('mdt.section_of', { department, name: who })}>
      <header className={css.who}>
        <b>{department}</b> {who} {t(`title.${section.title}`)}
        <span className="push">
          {awaited && <Pill tone="urgent">{t('mdt.waits')}</Pill>}
          {dissents && <Pill tone="stat">{t('mdt.dissents')}</Pill>}
          {!member && <Pill tone="quiet">{t('mdt.former')}</Pill>}
        </span>
      </header>
      {absent && <p className="secondary small">{t('mdt.absent', { reason: absent.reason })}</p>}
      {signed && <Signed section={signed} />}
      {signed && section.draft && <p className="secondary small">{t('mdt.correcting')}</p>}
      {draft ? (
        <Field id={id} draft={draft} signs={section.may_sign} />
      ) : (
        section.draft && (
          <p className={section.draft.text ? css.text : 'secondary small'}>
            {section.draft.text || t('mdt.nothing')}
          </p>
        )
      )}
      <Acts id={id} section={section} who={who} />
    </article>
  )
}

type FieldProps = { id: string; draft: SectionDraft; signs: boolean }

function Field({ id, draft, signs }: FieldProps) {
  const { t } = useTranslation()
  const { doc } = useView(draft)
  const saving = useSaving(draft)
  const [signing, setSigning] = useState(false)
  // What is typed is saved first, so that what is signed is what is read.
  const read = useAct({ run: () => draft.settled(), onDone: () => setSigning(true) })
  return (
    <>
      <DraftNotices
        draft={draft}
        of={unsentOf(id, draft.server)}
        name={() => t('mdt.sections')}
        text={(_, value) => (typeof value === 'string' ? value : '')}
      />
      <Input.TextArea
        aria-label={t('mdt.sections')}
        placeholder={t('mdt.hint')}
        autoSize={{ minRows: 2, maxRows: 14 }}
        maxLength={8000}
        value={doc.text}
        onChange={(event) => draft.set({ text: event.target.value })}
      />
      <div className={css.acts}>
        {signs && (
          <Button
            type="primary"
            disabled={!doc.text.trim()}
            loading={read.isPending}
            onClick={() => read.mutate()}
          >
            {t('mdt.sign')}
          </Button>
        )}
        <SaveState saving={saving} />
      </div>
      {signing && <SignDialog id={id} draft={draft} onClose={() => setSigning(false)} />}
    </>
  )
}

type ActsProps = Props & { who: string }

function Acts({ id, section, who }: ActsProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  const correct = useAct({ run: () => correctSection(id), changes: { opinion: id } })
  const again = useAct({ run: () => waitAgain(id, section.staff_id), changes: { opinion: id } })
  return (
    <div className={css.acts}>
      {section.may_correct && (
        <Button size="small" loading={correct.isPending} onClick={() => correct.mutate()}>
          {t('mdt.correct')}
        </Button>
      )}
      {section.may_state_absent && !section.absent && (
        <Button size="small" onClick={() => setAsked(true)}>
          {t('mdt.state_absent')}
        </Button>
      )}
      {section.may_state_absent && section.absent && (
        <Button size="small" loading={again.isPending} onClick={() => again.mutate()}>
          {t('mdt.wait_again')}
        </Button>
      )}
      {asked && (
        <AbsentDialog
          id={id}
          staffId={section.staff_id}
          who={who}
          onClose={() => setAsked(false)}
        />
      )}
    </div>
  )
}
