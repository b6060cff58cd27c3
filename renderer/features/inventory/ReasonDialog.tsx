import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ADJUST_REASONS, type AdjustReason } from '#shared/domain/inventory/reasons.ts';
import { useText } from '../../lib/text.ts';
import styles from './inventory.module.css';
import type { GivenReason } from './stock-writes.ts';

export interface ReasonDialogProps {
  readonly cells: number;
  readonly onGive: (given: GivenReason | null) => void;
}

/** Asks once why a batch of stock figures changes. Escape leaves the stock as it was. */
export function ReasonDialog({ cells, onGive }: ReasonDialogProps) {
  const t = useText();
  const [reason, setReason] = useState<AdjustReason>('correction');
  const [note, setNote] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onGive({ reason, note: note.trim() });
  };
  return (
    <Modal
      opened
      onClose={() => onGive(null)}
      title={t('inventory.reason.title', { count: cells })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form className={styles['form']} onSubmit={submit}>
        <Select
          label={t('inventory.reason')}
          data={ADJUST_REASONS.map((value) => ({ value, label: t(`inventory.reason.${value}`) }))}
          value={reason}
          allowDeselect={false}
          onChange={(value) => {
            if (value) setReason(value);
          }}
        />
        <TextInput
          label={t('inventory.note')}
          description={t('inventory.note.hint')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <div className={styles['buttons']}>
          <Button variant="default" onClick={() => onGive(null)}>
            {t('inventory.reason.cancel')}
          </Button>
          <Button type="submit" data-autofocus>
            {t('inventory.reason.do')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
