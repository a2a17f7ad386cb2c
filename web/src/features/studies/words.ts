/** The viewer's words in the reader's language. */
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { MARK_KINDS } from '../../viewer/tools/names'
import type { Words } from '../../viewer/words'

const measureWords = (t: TFunction): Words['measure'] => ({
  stored: t('viewer.measure.stored'),
  mean: (mean, sd) => t('viewer.measure.mean', { mean, sd }),
  range: (min, max) => t('viewer.measure.range', { min, max }),
  area: (area) => t('viewer.measure.area', { area }),
  pixels: (n) => t('viewer.measure.pixels', { n: String(n) }),
  crossed: t('viewer.measure.crossed'),
  padding: t('viewer.measure.padding'),
  noValues: t('viewer.measure.noValues'),
  noSuv: {
    corrections: t('viewer.measure.no_suv.corrections'),
    weight: t('viewer.measure.no_suv.weight'),
    dose: t('viewer.measure.no_suv.dose'),
    time: t('viewer.measure.no_suv.time'),
  },
  wait: t('viewer.measure.wait'),
  next: {
    point: t('viewer.measure.next.point'),
    line: t('viewer.measure.next.line'),
    close: t('viewer.measure.next.close'),
  },
  note: t('viewer.measure.note'),
})

const kindWords = (t: TFunction) =>
  Object.fromEntries(MARK_KINDS.map((kind) => [kind, t(`viewer.tool.${kind}`)])) as Words['kind']

const spokenWords = (t: TFunction): Words['spoken'] => ({
  full: t('viewer.spoken.full'),
  marks: (n) => t('viewer.spoken.marks', { n: String(n) }),
  mark: (kind, figures, by) => t('viewer.spoken.mark', { kind, figures, by }),
  own: t('viewer.spoken.own'),
})

export function useWords(): Words {
  const { t, i18n } = useTranslation()
  return useMemo<Words>(
    () => ({
      language: i18n.language === 'en' ? 'en' : 'zh-CN',
      sex: { M: t('viewer.sex.M'), F: t('viewer.sex.F'), O: t('viewer.sex.O') },
      years: (n) => t('viewer.age.years', { n: String(n) }),
      months: (n) => t('viewer.age.months', { n: String(n) }),
      days: (n) => t('viewer.age.days', { n: String(n) }),
      daysAgo: (n) => t('viewer.days_ago', { n: String(n) }),
      prior: t('viewer.prior'),
      side: { R: t('viewer.side.R'), L: t('viewer.side.L'), B: t('viewer.side.B') },
      direction: {
        axial: t('viewer.direction.axial'),
        coronal: t('viewer.direction.coronal'),
        sagittal: t('viewer.direction.sagittal'),
      },
      thickness: (mm) => t('viewer.thickness', { mm }),
      slice: (n, count) => t('viewer.slice', { n: String(n), total: String(count) }),
      frame: (n, count) => t('viewer.frame', { n: String(n), total: String(count) }),
      incomplete: (here, expected) =>
        t('viewer.incomplete', { here: String(here), expected: String(expected) }),
      position: (mm) => t('viewer.position', { mm }),
      zoom: (factor) => t('viewer.magnified', { factor }),
      textReading: { repaired: t('viewer.text.repaired'), as_stored: t('viewer.text.as_stored') },
      unknownOrientation: t('viewer.unknown_orientation'),
      preview: t('viewer.preview'),
      flipped: t('viewer.flipped'),
      flippedOver: t('viewer.flipped_over'),
      inverted: t('viewer.inverted'),
      cine: (rate, own) => t(own ? 'viewer.cine.own' : 'viewer.cine.usual', { rate }),
      turned: (degrees) => t('viewer.turned', { degrees: String(degrees) }),
      lossy: t('viewer.lossy'),
      opening: t('viewer.opening'),
      loading: t('viewer.loading'),
      failed: t('viewer.failed'),
      gone: t('viewer.gone'),
      unshown: t('viewer.unshown'),
      byArchive: t('viewer.by_archive'),
      overlaysHidden: t('viewer.overlays_hidden'),
      marksHidden: t('viewer.marks_hidden'),
      noPresentation: t('viewer.presentation.missing'),
      presented: (name, altered) =>
        t(altered ? 'viewer.presentation.altered' : 'viewer.presentation.shown', { name }),
      notPresented: (name) => t('viewer.presentation.elsewhere', { name }),
      refusedPresentation: (name, why) =>
        t('viewer.presentation.refused', { name, why: t(`viewer.presentation.why.${why}`) }),
      retry: t('viewer.retry'),
      empty: t('viewer.empty'),
      noPixels: t('viewer.no_pixels'),
      notSamePatient: t('viewer.not_same_patient'),
      differs: {
        name: t('viewer.differs.name'),
        sex: t('viewer.differs.sex'),
        birthDate: t('viewer.differs.birthDate'),
        number: t('viewer.differs.number'),
      },
      basis: {
        patient: t('viewer.basis.patient'),
        calibrated: t('viewer.basis.calibrated'),
        detector: t('viewer.basis.detector'),
        unknown: t('viewer.basis.unknown'),
        ultrasound: t('viewer.basis.ultrasound'),
        none: t('viewer.basis.none'),
      },
      measure: measureWords(t),
      kind: kindWords(t),
      spoken: spokenWords(t),
      stage: t('viewer.stage'),
      scrollbar: t('viewer.scrollbar'),
      colon: t('viewer.colon'),
      comma: t('viewer.comma'),
    }),
    [t, i18n.language],
  )
}
