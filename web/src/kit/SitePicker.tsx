/** Picks a day and time in the site's time zone, whatever the browser's zone. Internally it uses UTC dates that show
 *  the site's clock, so that the browser's daylight saving time cannot shift them. */
import { DatePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import 'dayjs/locale/zh-cn'
import dayjsConfig from '@rc-component/picker/generate/dayjs'
import utc from 'dayjs/plugin/utc'
import { useMemo } from 'react'
import { serverNow } from '../api/clock'
import { instantOf, wall } from '../zone'

dayjs.extend(utc)

const MINUTE = 60_000
const shownAt = (ms: number): Dayjs => dayjs.utc(wall(ms))

const Picker = DatePicker.generatePicker<Dayjs>({
  ...dayjsConfig,
  getNow: () => shownAt(serverNow()),
  getFixedDate: (text) => dayjs.utc(text),
  locale: {
    ...dayjsConfig.locale,
    parse: (_locale, text, formats) =>
      formats.map((format) => dayjs.utc(text, format, true)).find((day) => day.isValid()) ?? null,
  },
})

type Props = {
  id?: string
  value: string | null
  onChange: (iso: string | null) => void
  minuteStep?: 1 | 15
  size?: 'small' | 'middle'
  status?: 'error' | ''
  className?: string
  'aria-label'?: string
}

export function SitePicker({ value, onChange, minuteStep = 1, ...rest }: Props) {
  // The picker takes another object for another value, and would forget what is being typed.
  const shownValue = useMemo(() => (value ? shownAt(Date.parse(value)) : null), [value])
  const put = (shown: Dayjs | null) => {
    if (!shown) return onChange(null)
    const whole = Math.floor(shown.valueOf() / MINUTE) * MINUTE
    onChange(new Date(instantOf(whole)).toISOString())
  }
  return (
    <Picker
      {...rest}
      showTime={{ format: 'HH:mm', minuteStep }}
      format="YYYY-MM-DD HH:mm"
      needConfirm={false}
      value={shownValue}
      onChange={put}
    />
  )
}
