import { Button, NumberInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import type { ItemDetail } from './ItemPanel.tsx';
import styles from './inventory.module.css';

/** Gives units that have no lot, wherever they lie, the lot that they are of. */
export function AssignLot({ item }: { readonly item: ItemDetail }) {
  const t = useText();
  const serial = item.tracking === 'serial';
  const [lot, setLot] = useState('');
  const [expiresOn, setExpiresOn] = useState('');
  const [quantity, setQuantity] = useState(serial ? 1 : item.withoutLot);
  const assign = useEngineCommand('inventory.assignLot');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    assign.mutate(
      { itemId: item.itemId, lot, quantity, ...(expiresOn === '' ? {} : { expiresOn }) },
      { onSuccess: () => setLot(''), onError: notifyError },
    );
  };
  return (
    <form className={styles['ruleForm']} onSubmit={submit}>
      <TextInput
        label={t('inventory.lot')}
        title={t('inventory.lot.hint')}
        value={lot}
        onChange={(event) => setLot(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('inventory.expiresOn')}
        value={expiresOn}
        onChange={(event) => setExpiresOn(event.currentTarget.value)}
      />
      <NumberInput
        label={t('inventory.quantity')}
        value={quantity}
        min={1}
        max={serial ? 1 : item.withoutLot}
        allowDecimal={false}
        hideControls
        onChange={(value) => setQuantity(Number(value))}
      />
      <Button
        type="submit"
        variant="default"
        disabled={lot.trim() === '' || quantity < 1}
        loading={assign.isPending}
      >
        {t('inventory.lots.assign')}
      </Button>
    </form>
  );
}
