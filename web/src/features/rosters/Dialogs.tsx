/** Making a roster, and what it says besides its shifts: when it hands over, and when somebody should be on duty. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { Dialog } from '../../kit/Dialog'
import { Field } from '../../kit/Field'
import { useRosterWords } from '../../kit/rosterWords'
import { useChange, useClose, useMake } from './queries'
import css from './rosters.module.css'
import type { Roster } from './week'

type Subject = Schemas['Subject']
type Settings = Schemas['RosterSettings']
const USUAL: Settings = { covers: 'always', day_starts: '08:00', night_starts: '18:00' }

type MakeProps = { subjects: Subject[]; onDone: (made: Roster) => void; onClose: () => void }

export function MakeDialog({ subjects, onDone, onClose }: MakeProps) {
  const { t } = useTranslation()
  const { title } = useRosterWords()
  const [chosen, setChosen] = useState(0)
  const [settings, setSettings] = useState(USUAL)
  const making = useMake(onDone)
  const of = subjects[chosen]
  return (
    <Dialog
      title={t('rosters.make')}
      confirm={t('rosters.make')}
      busy={making.isPending}
      refusal={refusalOf(settings) ? t('rosters.night_first') : null}
      onConfirm={() => of && making.mutate({ kind: of.kind, subject: of.subject, ...settings })}
      onClose={onClose}
    >
      <Field label={t('rosters.make_of')} required>
        {(ids) => (
          <select
            {...ids}
            className={css.pick}
            value={chosen}
            onChange={({ target }) => setChosen(Number(target.value))}
          >
            {subjects.map((each, n) => (
              <option key={`${each.kind}${each.subject}`} value={n}>
                {`${t(`rosters.kind.${each.kind}`)} · ${title(each)}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <SettingsFields settings={settings} onChange={setSettings} />
    </Dialog>
  )
}

const refusalOf = ({ day_starts, night_starts }: Settings): boolean => night_starts < day_starts

export function SettingsDialog({ roster, onClose }: { roster: Roster; onClose: () => void }) {
  const { t } = useTranslation()
  const { covers, day_starts, night_starts } = roster
  const [settings, setSettings] = useState<Settings>({ covers, day_starts, night_starts })
  const [closing, setClosing] = useState(false)
  const changing = useChange(roster, onClose)
  const ending = useClose(roster, onClose)
  if (closing)
    return (
      <Dialog
        title={t('rosters.close_title')}
        confirm={t('rosters.close')}
        danger
        busy={ending.isPending}
        onConfirm={() => ending.mutate()}
        onClose={onClose}
      >
        <p>{t('rosters.close_text')}</p>
      </Dialog>
    )
  return (
    <Dialog
      title={t('rosters.settings')}
      confirm={t('rosters.save_settings')}
      busy={changing.isPending}
      refusal={refusalOf(settings) ? t('rosters.night_first') : null}
      onConfirm={() => changing.mutate(settings)}
      onClose={onClose}
    >
      <SettingsFields settings={settings} onChange={setSettings} />
      <Button danger onClick={() => setClosing(true)}>
        {t('rosters.close')}
      </Button>
    </Dialog>
  )
}

type FieldsProps = { settings: Settings; onChange: (settings: Settings) => void }

function SettingsFields({ settings, onChange }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('rosters.covers')}>
        {(ids) => (
          <select
            {...ids}
            className={css.pick}
            value={settings.covers}
            onChange={({ target }) =>
              onChange({ ...settings, covers: target.value === 'working' ? 'working' : 'always' })
            }
          >
            <option value="always">{t('rosters.covers_always')}</option>
            <option value="working">{t('rosters.covers_working')}</option>
          </select>
        )}
      </Field>
      {(['day_starts', 'night_starts'] as const).map((name) => (
        <Field
          key={name}
          label={t(`rosters.${name}`)}
          {...(name === 'night_starts' ? { hint: t('rosters.clocks_hint') } : {})}
        >
          {(ids) => (
            <input
              {...ids}
              type="time"
              className={css.pick}
              value={settings[name]}
              onChange={({ target }) =>
                target.value && onChange({ ...settings, [name]: target.value.slice(0, 5) })
              }
            />
          )}
        </Field>
      ))}
    </>
  )
}
