import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Role } from '../../api/session'
import { session } from '../../testing/fixtures/people'
import { openPage } from '../../testing/page'
import { Component } from './page'

const open = (role: Role) =>
  openPage({ path: '/', at: '/', page: Component, session: session(role), answers: {} })
const phones = () => screen.getAllByLabelText<HTMLInputElement>('会诊中心电话')

test('a hospital is changed by its own administrator alone; everybody else reads why not', () => {
  open('administrator')
  expect(phones().map(({ disabled }) => disabled)).toContain(false)
  expect(screen.getByRole('button', { name: /保\s*存/ })).toBeDefined()
})

test('a doctor who comes by the address may read, and is told who may change', () => {
  open('requesting_doctor')
  expect(phones().every(({ disabled }) => disabled)).toBe(true)
  expect(screen.queryByRole('button', { name: /保\s*存/ })).toBeNull()
  expect(screen.getByText('仅供查看，只有瑞金医院的管理员可以更改')).toBeDefined()
})
