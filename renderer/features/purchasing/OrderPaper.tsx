import { Button, Modal, SegmentedControl } from '@mantine/core';
import { IconFileSpreadsheet, IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { bridge } from '../../lib/bridge.ts';
import { useEngine, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { Paper } from '../../ui/Paper.tsx';
import styles from './purchasing.module.css';

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
] as const;
type Language = (typeof LANGUAGES)[number]['value'];
type Way = 'print' | 'pdf' | 'csv';

export interface OrderPaperProps {
  readonly orderId: string;
  readonly number: string;
  readonly onClose: () => void;
}

/** The order as the supplier gets it: on paper, as PDF, or as CSV. */
export function OrderPaper({ orderId, number, onClose }: OrderPaperProps) {
  const t = useText();
  const engine = useEngine();
  const { locale } = useIntl();
  const [language, setLanguage] = useState<Language>(locale.startsWith('de') ? 'de' : 'en');
  const [busy, setBusy] = useState<Way | null>(null);
  const document = useEngineQuery('purchasing.document', { orderId, locale: language });
  const output = async (way: Way): Promise<void> => {
    if (!document.data || busy) return;
    setBusy(way);
    try {
      const file =
        way === 'csv'
          ? await bridge().saveFile('csv', `${number}.csv`)
          : await bridge().output(way, document.data);
      if (file !== null && way === 'csv') await engine.call('purchasing.export', { orderId, file });
      if (file !== null && way !== 'print') notifyDone(t('purchasing.paper.saved', { file }));
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(null);
    }
  };
  const button = (way: Way, Icon: typeof IconPrinter) => (
    <Button
      variant={way === 'print' ? 'filled' : 'default'}
      leftSection={<Icon size={16} />}
      loading={busy === way}
      disabled={!document.data}
      onClick={() => void output(way)}
    >
      {t(`purchasing.paper.${way}`)}
    </Button>
  );
  return (
    <Modal
      opened
      onClose={onClose}
      size={880}
      title={t('purchasing.paper.title', { number })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <div className={styles['paperBar']}>
        <SegmentedControl
          aria-label={t('purchasing.paper.language')}
          value={language}
          onChange={setLanguage}
          data={[...LANGUAGES]}
        />
        <span className={styles['space']} />
        {button('csv', IconFileSpreadsheet)}
        {button('pdf', IconFileTypePdf)}
        {button('print', IconPrinter)}
      </div>
      {document.error && <ErrorNotice error={document.error} onRetry={() => void document.refetch()} />}
      {!document.data && !document.error && <Loading />}
      {document.data && <Paper html={document.data.html} label={document.data.title} />}
    </Modal>
  );
}
