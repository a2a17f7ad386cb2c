/** How a patient, an age and a bed are written; only here. */
import { useTranslation } from 'react-i18next'
import { serverNow } from '../api/clock'
import { siteDay } from '../zone'
import { latinName, NAMELESS } from './names'
import type { Age, Allergy, PatientBrief, PatientNumber, Place, Sex } from './types'

/** The age as Chinese hospitals say it: in days in the first month, in months in the first two years. */
export function ageOf(birthDate: string, now: number): Age {
  const [y = 0, m = 1, d = 1] = birthDate.split('-').map(Number)
  const [ny = 0, nm = 1, nd = 1] = siteDay(now).split('-').map(Number)
  const months = (ny - y) * 12 + (nm - m) - (nd < d ? 1 : 0)
  if (months >= 24) return { value: Math.floor(months / 12), unit: 'year' }
  if (months >= 1) return { value: months, unit: 'month' }
  const days = Math.round((Date.UTC(ny, nm - 1, nd) - Date.UTC(y, m - 1, d)) / 86_400_000)
  return { value: Math.max(0, days), unit: 'day' }
}

export function usePatientWords() {
  const { t, i18n } = useTranslation()
  const english = i18n.language === 'en'
  /** The name in characters; on English pages also in letters. */
  const name = (p: Pick<PatientBrief, 'name' | 'pinyin'>): string => {
    const unknown = p.name.startsWith(NAMELESS)
    const latin = unknown ? t('patient.nameless') : latinName(p.name, p.pinyin)
    if (!english) return p.name
    return latin ? `${latin} ${p.name}` : p.name
  }
  const age = (p: Pick<PatientBrief, 'birth_date' | 'age' | 'estimated_age'>): string => {
    if (p.birth_date) {
      const { value, unit } = ageOf(p.birth_date, serverNow())
      return t(`age.${unit}`, { n: String(value) })
    }
    if (p.age != null) return t('age.year', { n: String(p.age) })
    return p.estimated_age == null
      ? t('age.unknown')
      : t('age.about', { n: String(p.estimated_age) })
  }
  /** The bed: a bare number gets the word for bed, any other text stays as it was written. */
  const bedWords = (bed: string) => (/^[A-Za-z]?\d+$/.test(bed) ? t('patient.bed', { bed }) : bed)
  return {
    age,
    name,
    sex: (sex: Sex) => t(`sex.${sex}`),
    /** 陈远山 男 58 岁 */
    brief: (p: PatientBrief) =>
      t('patient.brief', { name: name(p), sex: t(`sex.${p.sex}`), age: age(p) }),
    place: ({ hospital, department, department_en, bed }: Place) =>
      t('patient.place', {
        hospital,
        department: (english && department_en) || (department ?? ''),
        bed: bedWords(bed ?? ''),
      })
        .replace(/ +/g, ' ')
        .trim(),
    number: (number: PatientNumber) => t(`patient.number.${number.kind}`, { number: number.value }),
    allergy: (allergy: Allergy, text = '') =>
      allergy === 'known' && !text
        ? t('patient.allergy.some')
        : t(`patient.allergy.${allergy}`, { text }),
  }
}
