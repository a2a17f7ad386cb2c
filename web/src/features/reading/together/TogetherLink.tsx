/** The way into the room of a reading, with how many are there. */
import { TeamOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../../paths'
import { togetherQuery } from './queries'

export function TogetherLink({ id }: { id: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data } = useQuery(togetherQuery(id))
  if (!data) return null // by break-glass one reads alone
  const count = data.here.length
  return (
    <Button
      icon={<TeamOutlined aria-hidden />}
      onClick={() => void navigate(paths.readTogether(id))}
    >
      {count > 0 ? t('reading.together.join', { count }) : t('reading.together.title')}
    </Button>
  )
}
