/** 阅片分配: who of the department reads what, and how much work a study is; its senior radiologists keep it. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormat } from '../../i18n/format'
import { Leaving } from '../../kit/Leaving'
import { Loaded } from '../../kit/Loaded'
import { Notice } from '../../kit/Notice'
import { PageHead } from '../../kit/PageHead'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { useAct } from '../../kit/useAct'
import { paths } from '../../paths'
import {
  type Desk,
  deskQuery,
  isWrong,
  type Kept,
  keptOf,
  SUBSPECIALTIES,
  type Subspecialty,
  saveDesk,
  textOf,
  type Weight,
} from './desk'
import css from './desk.module.css'
import { PARTS_OF_BODY } from './words'

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHead
        title={t('reading_desk.title')}
        note={t('reading_desk.note')}
        actions={
          <Link className="target" to={paths.readings()}>
            {t('reading.back')}
          </Link>
        }
      />
      <Loaded
        query={deskQuery}
        what={t('reading_desk.title')}
        skeleton={<PanelSkeleton rows={8} />}
      >
        {(desk) => <Page key={desk.version} desk={desk} />}
      </Loaded>
    </>
  )
}

function Page({ desk }: { desk: Desk }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { named } = usePeopleWords()
  const [kept, setKept] = useState(() => keptOf(desk))
  const changed = textOf(kept) !== textOf(keptOf(desk))
  const wrong = isWrong(kept)
  const saving = useAct({
    run: () => saveDesk(desk, kept),
    changes: { 'reading-desk': '*' },
    done: t('reading_desk.saved'),
  })
  const who = named({ name: desk.saved_by, name_en: desk.saved_by_en })
  return (
    <div className={css.page}>
      <Readers desk={desk} kept={kept} onChange={setKept} />
      <Weights
        weights={kept.weights}
        mayEdit={desk.may_edit}
        onChange={(weights) => setKept({ ...kept, weights })}
      />
      {wrong && <Notice tone="urgent">{t('reading_desk.wrong')}</Notice>}
      <footer className={css.foot}>
        <span className="secondary small">
          {desk.saved_at
            ? t('reading_desk.saved_by', { who, at: moment(desk.saved_at) })
            : t('reading_desk.own')}
          {!desk.may_edit && ` · ${t('reading_desk.read_only')}`}
        </span>
        {desk.may_edit && (
          <Button
            type="primary"
            className="push"
            disabled={!changed || wrong}
            loading={saving.isPending}
            onClick={() => saving.mutate()}
          >
            {t('reading_desk.save')}
          </Button>
        )}
      </footer>
      <Leaving unsaved={changed && !saving.isPending} />
    </div>
  )
}

type ReadersProps = { desk: Desk; kept: Kept; onChange: (kept: Kept) => void }

function Readers({ desk, kept, onChange }: ReadersProps) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const tick = (id: string, of: Subspecialty) => {
    const had = kept.readers.get(id) ?? []
    const now = had.includes(of) ? had.filter((each) => each !== of) : [...had, of]
    onChange({ ...kept, readers: new Map(kept.readers).set(id, now) })
  }
  return (
    <section className={css.part}>
      <h2>{t('reading_desk.readers')}</h2>
      <p className="secondary small">{t('reading_desk.readers_note')}</p>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('reading_desk.reader')}</th>
            {SUBSPECIALTIES.map((of) => (
              <th key={of} scope="col">
                {t(`reading.subspecialty.${of}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {desk.readers.map((each) => (
            <tr key={each.staff_id}>
              <th scope="row">
                {named(each)} <span className="secondary small">{t(`title.${each.title}`)}</span>
              </th>
              {SUBSPECIALTIES.map((of) => (
                <td key={of}>
                  <Checkbox
                    aria-label={`${named(each)} ${t(`reading.subspecialty.${of}`)}`}
                    disabled={!desk.may_edit}
                    checked={kept.readers.get(each.staff_id)?.includes(of) ?? false}
                    onChange={() => tick(each.staff_id, of)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type WeightsProps = {
  weights: Weight[]
  mayEdit: boolean
  onChange: (weights: Weight[]) => void
}

function Weights({ weights, mayEdit, onChange }: WeightsProps) {
  const { t } = useTranslation()
  const set = (at: number, to: Partial<Weight>) =>
    onChange(weights.map((each, n) => (n === at ? { ...each, ...to } : each)))
  return (
    <section className={css.part}>
      <h2>{t('reading_desk.weights')}</h2>
      <p className="secondary small">{t('reading_desk.weights_note')}</p>
      <ul className={css.rows}>
        {weights.map((each, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own while it is typed
          <li key={at}>
            <Input
              aria-label={t('reading_desk.modality')}
              value={each.modality}
              maxLength={4}
              readOnly={!mayEdit}
              onChange={({ target }) => set(at, { modality: target.value.trim().toUpperCase() })}
            />
            <Select
              aria-label={t('reading_desk.part')}
              value={each.part ?? ''}
              disabled={!mayEdit}
              options={[
                { value: '', label: t('reading_desk.any_part') },
                ...PARTS_OF_BODY.map((part) => ({ value: part, label: t(`reading.part.${part}`) })),
              ]}
              onChange={(part) => set(at, { part: (part || null) as Weight['part'] })}
            />
            <InputNumber
              aria-label={t('reading_desk.weight')}
              value={each.weight}
              min={1}
              max={20}
              readOnly={!mayEdit}
              onChange={(weight) => set(at, { weight: weight ?? 0 })}
            />
            {mayEdit && (
              <Button
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('reading_desk.drop')}
                onClick={() => onChange(weights.filter((_, n) => n !== at))}
              />
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <Button
          icon={<PlusOutlined aria-hidden />}
          onClick={() => onChange([...weights, { modality: '', part: null, weight: 1 }])}
        >
          {t('reading_desk.add')}
        </Button>
      )}
    </section>
  )
}
