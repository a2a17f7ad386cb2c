/** Signing on paper: print this version with its hash, sign it by hand, upload the scan. */
import { PrinterOutlined, UploadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { uploadFile } from '../../api/files'
import { useAct } from '../../kit/useAct'
import { openPrint } from './openPrint'
import { opinionQuery, printOf } from './queries'
import css from './sign.module.css'

type Props = {
  id: string
  number: number
  version: number
  busy: boolean
  onSign: (scanId: string, sha256: string) => void
}

export function PaperSign({ id, number, version, busy, onSign }: Props) {
  const { t } = useTranslation()
  const { data } = useQuery(opinionQuery(id))
  const [scan, setScan] = useState<Schemas['FileOut'] | null>(null)
  const hash = data?.draft?.paper_sha256 ?? null
  const print = useAct({
    run: async () => openPrint(await printOf(id, version)),
    changes: { opinion: id },
  })
  const send = useAct({
    run: (file: File) => uploadFile('paper_opinion', file, file.name),
    onDone: setScan,
  })
  return (
    <div className={css.stack}>
      <Button
        icon={<PrinterOutlined aria-hidden />}
        loading={print.isPending}
        onClick={() => print.mutate()}
      >
        {t('opinions.sign.print')}
      </Button>
      {hash && (
        <>
          <p className="secondary small">
            {t('opinions.sign.printed', { hash: hash.slice(0, 16) })}
          </p>
          <Upload
            accept=".pdf,.jpg,.jpeg,.png"
            showUploadList={false}
            beforeUpload={(file) => {
              send.mutate(file)
              return false
            }}
          >
            <Button icon={<UploadOutlined aria-hidden />} loading={send.isPending}>
              {t('opinions.sign.scan')}
            </Button>
          </Upload>
          <p className="secondary small">
            {scan ? t('opinions.sign.scanned', { name: scan.name }) : t('opinions.sign.scan_hint')}
          </p>
          <Button
            type="primary"
            disabled={!scan}
            loading={busy}
            onClick={() => scan && onSign(scan.id, hash)}
          >
            {t('opinions.sign.do', { n: String(number) })}
          </Button>
        </>
      )}
    </div>
  )
}
