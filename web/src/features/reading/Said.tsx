/** What became of the images, what the reviewer said, and doubts about the side. `flagged`: the report as it is stored. */
import { useTranslation } from 'react-i18next'
import { Notice } from '../../kit/Notice'
import { usePeopleWords } from '../../kit/people'
import { Flagged } from './Flagged'
import type { Reading, Report } from './queries'

type Shown = { reading: Reading; report: Report; flagged: Report }

export function Said({ reading, report, flagged }: Shown) {
  const { t } = useTranslation()
  const { named } = usePeopleWords()
  const who = named({ name: report.reviser, name_en: report.reviser_en })
  return (
    <>
      <Flagged reading={reading} report={flagged} />
      {report.revise_words && (
        <Notice tone="urgent">
          {t('reading.report.revise_said', { who, why: report.revise_words })}
        </Notice>
      )}
      {report.other_side && (
        <Notice tone="urgent">
          {t('reading.report.other_side', { side: t(`reading.side.${reading.side}`) })}
        </Notice>
      )}
    </>
  )
}
