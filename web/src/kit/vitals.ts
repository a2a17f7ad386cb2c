/** Vital signs have codes, so that pages name them in their language, however they were written. Names of laboratory
 *  tests stay as written. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'

export type Measure = Schemas['Measure']
export type VitalSign = Schemas['VitalSign']

/** The same spellings as in `telemed/consultations/rules/vitals.py`. */
const WRITTEN: Record<VitalSign, RegExp> = {
  temperature: /^(体温|temperature|temp|t)$/i,
  heart_rate: /^(心率|heart rate|hr)$/i,
  pulse: /^(脉搏|脉率|pulse|p)$/i,
  respiration: /^(呼吸|呼吸频率|respiration|respiratory rate|rr|r)$/i,
  blood_pressure: /^(血压|blood pressure|bp)$/i,
  oxygen_saturation: /^(spo[2₂]|血氧饱和度|氧饱和度|血氧|oxygen saturation)$/i,
  weight: /^(体重|weight)$/i,
  height: /^(身高|height)$/i,
}
const UNITS = {
  per_minute: /^(次\/分钟?|次\/min|\/min|per minute|bpm)$/i,
  celsius: /^(℃|°c|摄氏度)$/i,
} as const

function found<K extends string>(table: Record<K, RegExp>, text: string): K | null {
  const names = Object.keys(table) as K[]
  return names.find((name) => table[name].test(text.trim())) ?? null
}

/** The code of a vital sign, however it is written; null for other names. */
export const signOf = (name: string): VitalSign | null => found(WRITTEN, name)

/** Names vital signs in the page's language. */
export function useVitalWords(): (measure: Measure) => Measure {
  const { t } = useTranslation()
  return (measure) => {
    const code = measure.code ?? signOf(measure.name)
    if (!code) return measure
    const unit = found(UNITS, measure.unit)
    return {
      ...measure,
      code,
      name: t(`vital.${code}`),
      unit: unit ? t(`vital.unit.${unit}`) : measure.unit,
    }
  }
}
