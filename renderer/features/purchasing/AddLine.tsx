import { Autocomplete, Button, NumberInput, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import styles from './purchasing.module.css';

export interface AddLineProps {
  readonly orderId: string;
  readonly supplierId: string;
  /** Lines that are selected in the sheet. */
  readonly selected: number;
  readonly onRemove: () => void;
  /** Gives up what is open of the one selected line; null where that means nothing. */
  readonly onShort: (() => void) | null;
  readonly onAdded: (text: string, commandId: string | null) => void;
}

/** The row below the sheet: adds a line by SKU or barcode, and removes the selected ones. */
export function AddLine({ orderId, supplierId, selected, onRemove, onShort, onAdded }: AddLineProps) {
  const t = useText();
  const code = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState({ code: '', quantity: 1, unit: '' });
  const items = useEngineQuery('purchasing.supplier', { supplierId }).data?.items ?? [];
  const add = useEngineCommand('purchasing.editLines');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const sku = draft.code.trim();
    if (sku === '' || draft.quantity < 1) return;
    const unit = draft.unit.trim();
    add.mutate(
      { orderId, add: [{ code: sku, quantity: draft.quantity, ...(unit === '' ? {} : { unit }) }] },
      {
        onSuccess: ({ commandId, raised }) => {
          onAdded(
            t(raised > 0 ? 'purchasing.line.raised' : 'purchasing.line.added', { code: sku }),
            commandId,
          );
          setDraft({ code: '', quantity: 1, unit: '' });
          code.current?.focus();
        },
        onError: notifyError,
      },
    );
  };
  return (
    <form className={styles['addLine']} onSubmit={submit}>
      <Autocomplete
        ref={code}
        label={t('purchasing.line.code')}
        data={items.map(({ sku }) => sku)}
        limit={20}
        value={draft.code}
        onChange={(value) => setDraft({ ...draft, code: value })}
      />
      <NumberInput
        label={t('purchasing.line.quantity')}
        w={96}
        value={draft.quantity}
        min={1}
        allowDecimal={false}
        hideControls
        onChange={(value) => setDraft({ ...draft, quantity: Number(value) })}
      />
      <TextInput
        label={t('purchasing.line.unit')}
        title={t('purchasing.line.unit.hint')}
        w={110}
        value={draft.unit}
        onChange={(event) => setDraft({ ...draft, unit: event.currentTarget.value })}
      />
      <Button type="submit" variant="default" loading={add.isPending}>
        {t('purchasing.line.add')}
      </Button>
      <span className={styles['space']} />
      {onShort && (
        <Button variant="subtle" onClick={onShort}>
          {t('purchasing.short')}
        </Button>
      )}
      <Button variant="subtle" disabled={selected === 0} onClick={onRemove}>
        {t('purchasing.lines.remove', { count: selected })}
      </Button>
    </form>
  );
}
