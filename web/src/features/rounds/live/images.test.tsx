import { fireEvent, screen } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { session } from '../../../testing/fixtures/people'
import { roundItem } from '../../../testing/fixtures/round'
import { bedOf } from '../../../testing/fixtures/roundLive'
import { openPage } from '../../../testing/page'
import { live } from '.'
import { Images } from './Images'
import type { Bed } from './queries'

beforeAll(async () => void (await live()))

const image = (more: Partial<Bed['images'][number]> = {}): Bed['images'][number] => ({
  ...{ hospital_id: 'wuxi', study_uid: '1.2.3', description: '胸部 CT 平扫', modalities: ['CT'] },
  ...{ taken_at: '2026-11-24T01:00:00Z', images: 120 },
  ...more,
})

test('each study has a small picture with words, drawn when it is looked at; an ECG has its sign', () => {
  const ecg = image({ study_uid: '1.2.4', modalities: ['ECG'], description: '十二导联心电图' })
  const empty = image({ study_uid: '1.2.5', images: 0, description: '头颅 MR' })
  const bed = bedOf(roundItem(), { images: [image(), ecg, empty] })
  const page = () => <Images bed={bed} onOpen={() => undefined} />
  openPage({ path: '/', at: '/', page, session: session('expert'), answers: {} })
  const [picture, ...others] = screen.getAllByRole<HTMLImageElement>('img')
  expect(others).toEqual([])
  expect(picture?.alt).toBe('胸部 CT 平扫 缩略图')
  expect(picture?.getAttribute('loading')).toBe('lazy')
  expect(picture?.getAttribute('src')).toMatch(
    /\/studies\/1\.2\.3\/thumbnail\?hospital=wuxi&viewport=128%2C128$/,
  )
  // What is not this person's to see, or has no picture, leaves a sign in its place.
  fireEvent.error(picture as HTMLImageElement)
  expect(screen.queryByRole('img')).toBeNull()
  expect(screen.getByText('胸部 CT 平扫')).toBeTruthy()
})
