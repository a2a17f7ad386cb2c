import { screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { syncClock } from '../../api/clock'
import { changeLanguage } from '../../i18n'
import { consultation } from '../../testing/fixtures/consultation'
import { NOW, session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './page'

beforeEach(() => {
  changeLanguage('zh-CN')
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true, toFake: ['Date'] })
  syncClock(new Date(NOW).toISOString(), NOW, NOW)
  return () => vi.useRealTimers()
})

const parts = async (change: Partial<typeof consultation>) => {
  openPage({
    path: '/consultations/:id',
    at: '/consultations/c1',
    page: Component,
    session: session('expert'),
    answers: { 'GET /api/consultations/c1': () => ({ ...consultation, ...change }) },
  })
  const found = await screen.findAllByText(/ · (瑞金医院|无锡分院|瑞金|无锡)/)
  return found.map((each) => each.textContent?.split(' · ')[0])
}

test('of an MDT the chair and the recorder are called so among the participants', async () => {
  expect(await parts({ mdt: true, recorder_id: 'u5' })).toEqual([
    '主持人',
    '会诊专家',
    '陪同',
    '记录人',
  ])
})

test('of another consultation there is a lead expert', async () => {
  expect(await parts({ mdt: false, recorder_id: null })).toEqual([
    '主会诊',
    '会诊专家',
    '陪同',
    '列席',
  ])
})
