import { Button, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Supplier } from '#shared/contract/purchasing-suppliers.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import styles from './purchasing.module.css';

export interface NewOrderProps {
  readonly suppliers: readonly Supplier[];
  readonly onMade: (orderId: string) => void;
  readonly onClose: () => void;
}

/** Drafts an order: from whom, and where to. Lines follow on its own screen. */
export function NewOrder({ suppliers, onMade, onClose }: NewOrderProps) {
  const t = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const supplierId = chosen ?? suppliers[0]?.supplierId ?? null;
  const locations = useEngineQuery('inventory.locations', {}).data?.locations ?? [];
  const [locationId, setLocationId] = useState<string | null>(null);
  const [expectedOn, setExpectedOn] = useState('');
  const create = useEngineCommand('purchasing.createOrder');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (supplierId === null) return;
    create.mutate(
      {
        supplierId,
        ...(locationId ? { locationId } : {}),
        ...(expectedOn === '' ? {} : { expectedOn }),
      },
      { onSuccess: ({ orderId }) => onMade(orderId) },
    );
  };
  const places = locations.filter(({ kind }) => kind !== 'transit');
  return (
    <SidePanel title={t('purchasing.order.new')} onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <Select
          label={t('purchasing.supplier')}
          data={suppliers.map(({ supplierId: value, name }) => ({ value, label: name }))}
          value={supplierId}
          searchable
          allowDeselect={false}
          onChange={setChosen}
        />
        {places.length > 0 && (
          <Select
            label={t('purchasing.deliverTo')}
            data={places.map(({ locationId: value, name }) => ({ value, label: name }))}
            value={locationId ?? places.find(({ main }) => main)?.locationId ?? places[0]?.locationId ?? null}
            allowDeselect={false}
            onChange={setLocationId}
          />
        )}
        <TextInput
          type="date"
          label={t('purchasing.expected')}
          description={t('purchasing.expected.hint')}
          value={expectedOn}
          onChange={(event) => setExpectedOn(event.currentTarget.value)}
        />
        {create.error && <ErrorNotice error={create.error} />}
        <div className={styles['buttons']}>
          <Button type="submit" disabled={supplierId === null} loading={create.isPending}>
            {t('purchasing.order.draft')}
          </Button>
        </div>
      </form>
    </SidePanel>
  );
}
