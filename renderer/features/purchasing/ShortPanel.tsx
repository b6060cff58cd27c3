import { Button, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { PurchaseLine } from '#shared/contract/purchasing.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import styles from './purchasing.module.css';

export interface ShortPanelProps {
  readonly line: PurchaseLine;
  readonly onDone: (text: string, commandId: string | null) => void;
  readonly onClose: () => void;
}

/** What is open of one line is not waited for any more; the reason stays with it. */
export function ShortPanel({ line, onDone, onClose }: ShortPanelProps) {
  const t = useText();
  const [reason, setReason] = useState('');
  const give = useEngineCommand('purchasing.shortClose');
  const facts = { count: line.open, sku: line.sku };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    give.mutate(
      { lineId: line.lineId, reason },
      {
        onSuccess: ({ commandId }) => {
          onDone(t('purchasing.short.done', facts), commandId);
          onClose();
        },
      },
    );
  };
  return (
    <SidePanel title={t('purchasing.short')} onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <p className="qs-muted">{t('purchasing.short.meaning', facts)}</p>
        <Textarea
          label={t('purchasing.reason')}
          required
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {give.error && <ErrorNotice error={give.error} />}
        <div className={styles['buttons']}>
          <Button type="submit" disabled={reason.trim() === ''} loading={give.isPending}>
            {t('purchasing.short.do', facts)}
          </Button>
        </div>
      </form>
    </SidePanel>
  );
}
