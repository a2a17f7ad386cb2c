/** 医院系统: from where this hospital's patients are read, and which devices may send its images. */
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session'
import { AdminTabs } from '../../kit/AdminTabs'
import { Loaded } from '../../kit/Loaded'
import { PageHead } from '../../kit/PageHead'
import { usePeopleWords } from '../../kit/people'
import { PanelSkeleton } from '../../kit/Skeletons'
import { DevicesPanel } from './DevicesPanel'
import { sourcesQuery } from './queries'
import { SystemPanel } from './SystemPanel'
import css from './sources.module.css'

export function Component() {
  const { t } = useTranslation()
  const { actor } = useSession()
  const { hospital } = usePeopleWords()
  return (
    <>
      <PageHead title={t('systems.title')} note={hospital(actor.hospital_id)}>
        <AdminTabs />
      </PageHead>
      <div className={css.page}>
        <Loaded
          query={sourcesQuery()}
          what={t('systems.title')}
          skeleton={<PanelSkeleton rows={4} />}
        >
          {(sources) => (
            <>
              <SystemPanel system={sources.system} />
              <DevicesPanel sources={sources} />
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}
