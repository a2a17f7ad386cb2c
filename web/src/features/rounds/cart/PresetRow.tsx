/** 镜头预设: where the bedside camera looks; and its adjusting, kept for this bed. */
import {
  ArrowDownOutlined,
  ArrowLeftOutlined,
  ArrowRightOutlined,
  ArrowUpOutlined,
  CheckOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './cart.module.css'
import { type Axis, NAMES } from './presets'
import type { Presets } from './usePresets'

export function PresetRow({ presets }: { presets: Presets }) {
  const { t } = useTranslation()
  const [adjusting, setAdjusting] = useState(false)
  if (adjusting) return <Adjust presets={presets} onDone={() => setAdjusting(false)} />
  return (
    <fieldset className={css.presets} aria-label={t('rounds_cart.presets.title')}>
      <span className="secondary">{t('rounds_cart.presets.title')}</span>
      {NAMES.map((name) => (
        <button
          key={name}
          type="button"
          className={css.big}
          aria-pressed={presets.on === name}
          onClick={() => presets.choose(name)}
        >
          {presets.on === name && <CheckOutlined aria-hidden />}
          {t(`rounds_cart.presets.${name}`)}
        </button>
      ))}
      <button type="button" className={css.big} onClick={() => setAdjusting(true)}>
        {t('rounds_cart.presets.adjust')}
      </button>
    </fieldset>
  )
}

const MOVES = [
  { axis: 'pan', by: -1, word: 'left', icon: <ArrowLeftOutlined /> },
  { axis: 'pan', by: 1, word: 'right', icon: <ArrowRightOutlined /> },
  { axis: 'tilt', by: 1, word: 'up', icon: <ArrowUpOutlined /> },
  { axis: 'tilt', by: -1, word: 'down', icon: <ArrowDownOutlined /> },
  { axis: 'zoom', by: 1, word: 'nearer', icon: <ZoomInOutlined /> },
  { axis: 'zoom', by: -1, word: 'wider', icon: <ZoomOutOutlined /> },
] as const satisfies readonly { axis: Axis; by: 1 | -1; word: string; icon: unknown }[]

function Adjust({ presets, onDone }: { presets: Presets; onDone: () => void }) {
  const { t } = useTranslation()
  const name = t(`rounds_cart.presets.${presets.on ?? 'whole'}`)
  return (
    <fieldset className={css.adjust} aria-label={t('rounds_cart.presets.adjusting', { name })}>
      <span className="secondary" role="status">
        {t(`rounds_cart.presets.${presets.failed ? 'failed' : 'adjusting'}`, { name })}
      </span>
      {MOVES.filter(({ axis }) => presets.ranges[axis]).map(({ axis, by, word, icon }) => (
        <button
          key={word}
          type="button"
          className={css.big}
          aria-label={t(`rounds_cart.presets.${word}`)}
          onClick={() => presets.move(axis, by)}
        >
          {icon}
        </button>
      ))}
      <button type="button" className={css.big} onClick={onDone}>
        {t('rounds_cart.presets.done')}
      </button>
    </fieldset>
  )
}
