import { Button, Modal, SegmentedControl } from '@mantine/core';
import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { bridge } from '../../../lib/bridge.ts';
import { useText } from '../../../lib/text.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import { Paper } from '../../../ui/Paper.tsx';
import styles from './DocumentPreview.module.css';

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
] as const;
export type PaperLanguage = (typeof LANGUAGES)[number]['value'];

/** The language of a paper: at first the one of the window. */
export function usePaperLanguage(): [PaperLanguage, (language: PaperLanguage) => void] {
  const { locale } = useIntl();
  return useState<PaperLanguage>(locale.startsWith('de') ? 'de' : 'en');
}

export interface PaperDialogProps {
  readonly title: string;
  readonly paper: { readonly title: string; readonly html: string } | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly language: PaperLanguage;
  readonly onLanguage: (language: PaperLanguage) => void;
  readonly onClose: () => void;
  /** Above the paper: choices of its own, and what is missing. */
  readonly note?: ReactNode;
}

/** The paper as it will be, its language, and the two ways out: printer and PDF. Works without a network. */
export function PaperDialog({
  title,
  paper,
  error,
  onRetry,
  language,
  onLanguage,
  onClose,
  note,
}: PaperDialogProps) {
  const t = useText();
  const [busy, setBusy] = useState<'print' | 'pdf' | null>(null);
  const output = async (way: 'print' | 'pdf'): Promise<void> => {
    if (!paper || busy) return;
    setBusy(way);
    try {
      const file = await bridge().output(way, paper);
      if (file !== null && way === 'pdf') notifyDone(t('orders.document.saved', { file }));
    } catch (problem) {
      notifyError(problem);
    } finally {
      setBusy(null);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={880}
      title={title}
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
          onChange={onLanguage}
          data={[...LANGUAGES]}
        />
        <span className={styles['space']} />
        <Button
          variant="default"
          leftSection={<IconFileTypePdf size={16} />}
          loading={busy === 'pdf'}
          disabled={!paper}
          onClick={() => void output('pdf')}
        >
          {t('orders.document.pdf')}
        </Button>
        <Button
          leftSection={<IconPrinter size={16} />}
          loading={busy === 'print'}
          disabled={!paper}
          onClick={() => void output('print')}
          data-autofocus
        >
          {t('orders.document.print')}
        </Button>
      </div>
      {note}
      {error ? (
        <ErrorNotice error={error} onRetry={onRetry} />
      ) : paper ? (
        <Paper html={paper.html} label={paper.title} />
      ) : (
        <Loading />
      )}
    </Modal>
  );
}
