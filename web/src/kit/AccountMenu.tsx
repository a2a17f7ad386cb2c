/** My name, what helps me, and the way out. */
import {
  BellOutlined,
  IdcardOutlined,
  InfoCircleOutlined,
  LogoutOutlined,
  QuestionCircleOutlined,
  TableOutlined,
  UnlockOutlined,
} from '@ant-design/icons'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type Actor, signOut, useRole, useSession } from '../api/session'
import { language } from '../i18n'
import { paths } from '../paths'
import type { Topic } from './About'
import { Menu } from './Menu'
import { freeFor } from './shortcuts'
import css from './TopBar.module.css'
import { sendAll } from './unsent/leaving'
import { useAct } from './useAct'

const About = lazy(() => import('./About'))
const ICONS = {
  help: <QuestionCircleOutlined aria-hidden />,
  keys: <TableOutlined aria-hidden />,
  about: <InfoCircleOutlined aria-hidden />,
} as const
const TOPICS = ['help', 'keys', 'about'] as const

/** Which of them is open; `?` opens the keys. */
function useTopic() {
  const [topic, setTopic] = useState<Topic | null>(null)
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (event.key === '?' && freeFor(event)) setTopic('keys')
    }
    window.addEventListener('keydown', heard)
    return () => window.removeEventListener('keydown', heard)
  }, [])
  return [topic, setTopic] as const
}

/** Whether this person may open a branch's patient by break-glass. */
function useBreaksGlass({ hospital_id }: Actor): boolean {
  const may = useRole('expert', 'coordinator', 'radiologist')
  const own = useSession().hospitals.find(({ id }) => id === hospital_id)
  return may && own?.kind === 'hub'
}

export function AccountMenu({ actor }: { actor: Actor }) {
  const { t } = useTranslation()
  const en = language() === 'en'
  const name = en ? actor.name_en : actor.name
  const leave = useAct({
    run: async () => {
      await sendAll()
      await signOut()
    },
  })
  const navigate = useNavigate()
  const breaksGlass = useBreaksGlass(actor)
  const [topic, setTopic] = useTopic()
  const items = [
    {
      key: 'account',
      label: t('myAccount.title'),
      icon: <IdcardOutlined aria-hidden />,
      onClick: () => void navigate(paths.account()),
    },
    {
      key: 'telling',
      label: t('telling.menu'),
      icon: <BellOutlined aria-hidden />,
      onClick: () => void navigate(paths.telling()),
    },
    ...(breaksGlass
      ? [
          {
            key: 'break_glass',
            label: t('nav.break_glass'),
            icon: <UnlockOutlined aria-hidden />,
            onClick: () => void navigate(paths.breakGlasses()),
          },
        ]
      : []),
    ...TOPICS.map((each) => ({
      key: each,
      label: t(`account.${each}`),
      icon: ICONS[each],
      onClick: () => setTopic(each),
    })),
    {
      key: 'out',
      label: t('app.sign_out'),
      icon: <LogoutOutlined aria-hidden />,
      onClick: () => leave.mutate(),
    },
  ]
  return (
    <>
      <Menu items={items}>
        <button type="button" className={css.who} aria-haspopup="menu">
          <span className={css.face} aria-hidden="true">
            {name.slice(0, 1)}
          </span>
          <span>
            <b>{name}</b>
            <span className="secondary small">
              {[t(`title.${actor.title}`), en ? actor.department_en : actor.department]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
        </button>
      </Menu>
      {topic && (
        <Suspense fallback={null}>
          <About topic={topic} onClose={() => setTopic(null)} />
        </Suspense>
      )}
    </>
  )
}
