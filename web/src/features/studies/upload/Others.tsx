/** Says which of the images that were sent are another patient's; whose, as far as the server tells. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../../api/client'
import { Notice } from '../../../kit/Notice'
import { plainName } from '../compare'

type Other = Schemas['OtherStudy']

export const whose = (other: Other): string =>
  [other.description, plainName(other.header_name), other.header_number].filter(Boolean).join(' ')

export function Others({ others }: { others: readonly Other[] }) {
  const { t } = useTranslation()
  return others.map((other) => (
    <Notice key={other.study_uid} tone="urgent">
      {t('studies.upload.others', { what: whose(other) || t('studies.study.unnamed') })}
    </Notice>
  ))
}
