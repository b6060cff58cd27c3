import { Button, Modal, SegmentedControl } from '@mantine/core';
import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { bridge } from '../../../lib/bridge.ts';
import { useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import { Paper } from '../../../ui/Paper.tsx';
import styles from './DocumentPreview.module.css';

export interface DocumentPreviewProps {
  readonly kind: 'pick-list' | 'packing-slip';
  readonly orderIds: readonly string[];
  readonly onClose: () => void;
}

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
] as const;
type Language = (typeof LANGUAGES)[number]['value'];

/** The paper as it will be, its language, and the two ways out: printer and PDF. Works without a network. */
export function DocumentPreview({ kind, orderIds, onClose }: DocumentPreviewProps) {
  const t = useText();
  const { locale } = useIntl();
  const [language, setLanguage] = useState<Language>(locale.startsWith('de') ? 'de' : 'en');
  const [busy, setBusy] = useState<'print' | 'pdf' | null>(null);
  const document = useEngineQuery('orders.document', { kind, orderIds: [...orderIds], locale: language });
  const output = async (way: 'print' | 'pdf'): Promise<void> => {
    if (!document.data || busy) return;
    setBusy(way);
    try {
      const file = await bridge().output(way, document.data);
      if (file !== null && way === 'pdf') notifyDone(t('orders.document.saved', { file }));
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(null);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={880}
      title={t(`orders.document.${kind}.count`, { count: orderIds.length })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'p') return;
        event.preventDefault();
        void output('print');
      }}
    >
      <div className={styles['bar']}>
        <SegmentedControl
          aria-label={t('orders.document.language')}
          value={language}
          onChange={setLanguage}
          data={[...LANGUAGES]}
        />
        <span className={styles['space']} />
        <Button
          variant="default"
          leftSection={<IconFileTypePdf size={16} />}
          loading={busy === 'pdf'}
          disabled={!document.data}
          onClick={() => void output('pdf')}
        >
          {t('orders.document.pdf')}
        </Button>
        <Button
          leftSection={<IconPrinter size={16} />}
          loading={busy === 'print'}
          disabled={!document.data}
          onClick={() => void output('print')}
          data-autofocus
        >
          {t('orders.document.print')}
        </Button>
      </div>
      {document.error ? (
        <ErrorNotice error={document.error} onRetry={() => void document.refetch()} />
      ) : document.data ? (
        <Paper html={document.data.html} label={document.data.title} />
      ) : (
        <Loading />
      )}
    </Modal>
  );
}
