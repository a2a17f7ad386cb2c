/** 报告模板: what the department's reports begin with; its senior radiologists write them. */
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '../../kit/EmptyState'
import { LeaveQuestion, Leaving } from '../../kit/Leaving'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { PanelSkeleton } from '../../kit/Skeletons'
import { paths } from '../../paths'
import { TemplateEditor } from './TemplateEditor'
import { type Template, templatesQuery } from './templates'
import css from './templates.module.css'

const NEW = 'new'

export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHead
        title={t('reading.template.title')}
        note={t('reading.template.note')}
        actions={
          <Link className="target" to={paths.readings()}>
            {t('reading.back')}
          </Link>
        }
      />
      <Loaded
        query={templatesQuery}
        what={t('reading.template.title')}
        skeleton={<PanelSkeleton rows={8} />}
      >
        {({ templates, may_edit }) => <Page templates={templates} mayEdit={may_edit} />}
      </Loaded>
    </>
  )
}

function Page({ templates, mayEdit }: { templates: Template[]; mayEdit: boolean }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState(templates[0]?.key ?? NEW)
  const [typed, setTyped] = useState(false)
  const [to, setTo] = useState<string | null>(null)
  const go = (key: string) => {
    setTyped(false)
    setTo(null)
    setChosen(key)
  }
  const choose = (key: string) => (typed ? setTo(key) : go(key))
  const template = templates.find(({ key }) => key === chosen) ?? null
  return (
    <div className={css.page}>
      <nav className={css.list} aria-label={t('reading.template.title')}>
        {mayEdit && (
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => choose(NEW)}>
            {t('reading.template.new')}
          </Button>
        )}
        {templates.map((each) => (
          <button
            key={each.key}
            type="button"
            className={css.row}
            aria-current={each.key === template?.key}
            onClick={() => choose(each.key)}
          >
            <b>{each.name}</b>
            <span className="secondary">
              {each.modality} · {t(`reading.part.${each.part}`)} ·{' '}
              {t('reading.template.version', { number: String(each.number) })}
              {each.retired && ` · ${t('reading.template.retired')}`}
            </span>
          </button>
        ))}
      </nav>
      {template || (chosen === NEW && mayEdit) ? (
        <TemplateEditor
          key={template ? `${template.key}/${template.number}` : NEW}
          template={template}
          readOnly={!mayEdit}
          onTyped={setTyped}
          onSaved={({ key }) => go(key)}
        />
      ) : (
        <EmptyState title={t('reading.template.none')} />
      )}
      <Leaving unsaved={typed} />
      {to && <LeaveQuestion onLeave={() => go(to)} onStay={() => setTo(null)} />}
    </div>
  )
}
