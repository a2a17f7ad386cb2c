/** Every test starts with an empty page; React is told that `act` is in use. */
import { cleanup } from '@testing-library/react'
import { afterEach, beforeAll } from 'vitest'
import { startI18n } from '../i18n'

beforeAll(() => startI18n('zh-CN'))
afterEach(cleanup)
