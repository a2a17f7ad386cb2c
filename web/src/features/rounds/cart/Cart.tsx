/** The page: whose bed it is above, the lead's picture or the images that are shown at the left with what one does there,
 *  this bed and the next at the right.
 *
 *  What is of one patient hangs under the bed's id, so that with the next bed all of it is made anew: nothing of another
 *  patient stays for a frame. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../../kit/Notice'
import { useAwake } from '../../../kit/useAwake'
import { Alarm } from '../live/Alarm'
import { WithLive } from '../live/context'
import { GoneNotice } from '../live/GoneNotice'
import { bedQuery, type Item, isRunning, type Round } from '../live/queries'
import { Unsent } from '../live/Unsent'
import type { Inside } from '../live/useInside'
import { useNextBed } from '../live/useNextBed'
import { Viewed } from '../live/Viewed'
import { OVER } from '../queries'
import bedCss from './bed.module.css'
import { Controls } from './Controls'
import css from './cart.module.css'
import { Given } from './Given'
import { Head } from './Head'
import { IdentifyHere } from './IdentifyHere'
import { NextBeds } from './NextBeds'
import { NoteHere } from './NoteHere'
import { Now } from './Now'
import { Picture } from './Picture'
import { PresetRow } from './PresetRow'
import { Said } from './Said'
import { useAudioOnly } from './useAudioOnly'
import { type Bedside, useBedside } from './useBedside'
import { type CartLive, useCart } from './useCart'
import { usePresets } from './usePresets'

export function Cart({ round }: { round: Round }) {
  const { t } = useTranslation()
  const live = useCart(round)
  const bedside = useBedside(round)
  const again = useAudioOnly(bedside)
  useAwake()
  const shown = live.round
  const item =
    shown.items.find(({ id, state }) => id === shown.current_id && state !== 'removed') ?? null
  useNextBed(shown, item)
  return (
    <WithLive value={live}>
      <main className={css.page} aria-label={t('rounds_cart.title')}>
        <Head round={shown} item={item} bedside={bedside} offline={live.offline} />
        <div className={css.notices}>
          <Unsent round={round} />
          {again && (
            <Notice
              tone="urgent"
              action={<Button onClick={again}>{t('rounds_cart.picture_again')}</Button>}
            >
              {t('rounds_cart.audio_only')}
            </Notice>
          )}
          <Alarm round={shown} />
        </div>
        <div className={css.columns}>
          <Left round={shown} item={item} bedside={bedside} />
          <Right item={item} bedside={bedside} live={live} />
        </div>
      </main>
    </WithLive>
  )
}

type LeftProps = { round: Round; item: Item | null; bedside: Bedside }

function Left({ round, item, bedside }: LeftProps) {
  const { t } = useTranslation()
  const track = bedside.state?.local.stream?.getVideoTracks?.()[0] ?? null
  const presets = usePresets(track, round.ward_id, item?.bed ?? '')
  const images = useShownImages(bedside.inside, item)
  return (
    <div className={css.left} data-presets={presets !== null}>
      <div className={css.stage}>
        {images && item?.patient && bedside.inside && (
          <Images
            key={item.id}
            item={item}
            patient={item.patient}
            inside={bedside.inside}
            onClose={images.close}
          />
        )}
        <Picture
          round={round}
          bedside={bedside}
          small={images !== null}
          look={presets?.on ? t(`rounds_cart.presets.${presets.on}`) : null}
        />
        {bedside.state && <Said round={round} state={bedside.state} />}
      </div>
      {presets && <PresetRow presets={presets} />}
      <Controls round={round} item={item} bedside={bedside} />
    </div>
  )
}

/** While somebody else in the room shows images, until they are closed here. */
function useShownImages(inside: Inside | null, item: Item | null): { close: () => void } | null {
  const [closed, setClosed] = useState(false)
  const presenter = inside?.state.presenter ?? null
  const others = presenter !== null && presenter !== inside?.state.self
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew for each who shows, and each bed
  useEffect(() => setClosed(false), [presenter, item?.id])
  return others && item && !closed ? { close: () => setClosed(true) } : null
}

type ImagesProps = {
  item: Item
  patient: NonNullable<Item['patient']>
  inside: Inside
  onClose: () => void
}

function Images({ item, patient, inside, onClose }: ImagesProps) {
  const { data: bed } = useQuery(bedQuery(item.id))
  return bed ? <Viewed patient={patient} bed={bed} inside={inside} onClose={onClose} /> : null
}

/** In the place of a bed while the round is at none. */
function Nobody({ round }: { round: Round }) {
  const { t } = useTranslation()
  const over = OVER.has(round.state)
  return (
    <div className={bedCss.now}>
      <b>{over ? t(`rounds_live.state.${round.state}`) : t('rounds_cart.between')}</b>
      <p className="secondary">{t(`rounds_cart.${over ? 'over_hint' : 'between_hint'}`)}</p>
    </div>
  )
}

type RightProps = { item: Item | null; bedside: Bedside; live: CartLive }

function Right({ item, bedside, live }: RightProps) {
  const { t } = useTranslation()
  const { round, waiting, offline } = live
  const lead = round.lead?.id
  const leadHere =
    !offline &&
    (bedside.state?.people ?? []).some(({ sub, state }) => sub === lead && state === 'here')
  return (
    <div className={css.right}>
      {item ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <div key={item.id} className={css.bed} tabIndex={0}>
          {item.patient ? (
            <>
              <GoneNotice item={item} button={bedCss.skip} />
              <Now round={round} item={item} />
              {isRunning(round) && item.state === 'presenting' && (
                <IdentifyHere
                  item={item}
                  stream={bedside.state?.local.stream ?? null}
                  offline={offline}
                />
              )}
              <Given item={item} waiting={waiting} offline={offline} />
              {isRunning(round) && <NoteHere item={item} waiting={waiting} />}
            </>
          ) : (
            <p role="status">{t('rounds_live.hidden_patient')}</p>
          )}
        </div>
      ) : (
        <Nobody round={round} />
      )}
      <NextBeds round={round} leadHere={leadHere} />
    </div>
  )
}
