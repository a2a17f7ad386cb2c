/** The three texts of a report, to type in. */
import { useTranslation } from 'react-i18next'
import { Field } from '../../kit/Field'
import { PARTS, type Texts, textOf } from './reportDraft'
import { type Caret, SlotText } from './SlotText'

const ROWS = { technique: 1, findings: 5, impression: 3 } as const
export type Part = (typeof PARTS)[number]

type Props = {
  of: Texts
  readOnly?: boolean
  onType: (part: Part, text: string) => void
  onCaret?: (caret: Caret) => void
}

export function ReportFields({ of, readOnly = false, onType, onCaret }: Props) {
  const { t } = useTranslation()
  const text = textOf(of)
  return PARTS.map((part) => (
    <Field key={part} label={t(`reading.report.${part}`)} required={part !== 'technique'}>
      {(ids) => (
        <SlotText
          ids={ids}
          rows={ROWS[part]}
          text={text[part]}
          readOnly={readOnly}
          placeholder={part === 'technique' ? t('reading.report.technique_hint') : ''}
          onType={(typed) => onType(part, typed)}
          onCaret={(caret) => onCaret?.(caret)}
        />
      )}
    </Field>
  ))
}
