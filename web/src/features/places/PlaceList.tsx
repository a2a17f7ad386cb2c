/** A panel with the rows of one hospital: empty, it says what to do first; another hospital's are read-only. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../kit/EmptyState'
import { ImportLink } from '../../kit/ImportLink'
import { Panel } from '../../kit/Panel'
import css from './places.module.css'

type Props<T> = {
  title: string
  add: string
  empty: { title: string; hint: string }
  items: readonly T[]
  mine: boolean
  note?: string
  /** What is imported here, if anything is. */
  imports?: ComponentProps<typeof ImportLink>['kind']
  onEdit: (item: T | null) => void
  of: (item: T) => {
    key: string
    name: ReactNode
    two: ReactNode
    three: ReactNode
    act?: ReactNode
  }
}

export function PlaceList<T>(props: Props<T>) {
  const { title, add, empty, items, mine, note, imports, onEdit, of } = props
  const { t } = useTranslation()
  const button = (
    <span className={css.acts}>
      {imports && <ImportLink kind={imports} />}
      <Button icon={<PlusOutlined aria-hidden />} onClick={() => onEdit(null)}>
        {add}
      </Button>
    </span>
  )
  return (
    <Panel title={title} note={note} extra={mine && items.length > 0 ? button : null} tight>
      {items.length === 0 ? (
        <EmptyState title={empty.title} hint={empty.hint} action={mine ? button : null} />
      ) : (
        <ul className={css.rows} aria-label={title}>
          {items.map((item) => {
            const { key, name, two, three, act } = of(item)
            return (
              <li key={key} className={css.row}>
                <span className={css.name}>{name}</span>
                <span>{two}</span>
                <span className="secondary">{three}</span>
                <span>
                  {act}
                  {mine && !act && (
                    <Button type="link" onClick={() => onEdit(item)}>
                      {t('places.edit')}
                    </Button>
                  )}
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
