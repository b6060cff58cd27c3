import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { PurchaseOrderDetail } from '#shared/contract/purchasing.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import styles from './purchasing.module.css';

export interface DetailsPanelProps {
  readonly detail: PurchaseOrderDetail;
  readonly onDone: (text: string, commandId: string | null) => void;
  readonly onClose: () => void;
}

/** Where to, until when, the supplier's number and what the paper says below the lines. */
export function DetailsPanel({ detail: { order }, onDone, onClose }: DetailsPanelProps) {
  const t = useText();
  const places = (useEngineQuery('inventory.locations', {}).data?.locations ?? []).filter(
    ({ kind }) => kind !== 'transit',
  );
  const [locationId, setLocationId] = useState(order.locationId);
  const [expectedOn, setExpectedOn] = useState(order.expectedOn ?? '');
  const [reference, setReference] = useState(order.reference);
  const [note, setNote] = useState(order.note);
  const edit = useEngineCommand('purchasing.editOrder');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    edit.mutate(
      {
        orderId: order.orderId,
        ...(locationId === order.locationId ? {} : { locationId }),
        expectedOn: expectedOn === '' ? null : expectedOn,
        reference,
        note,
      },
      {
        onSuccess: ({ commandId }) => {
          onDone(t('purchasing.details.saved', { number: order.number }), commandId);
          onClose();
        },
      },
    );
  };
  return (
    <SidePanel title={t('purchasing.details')} onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <Select
          label={t('purchasing.deliverTo')}
          data={places.map(({ locationId: value, name }) => ({ value, label: name }))}
          value={locationId}
          allowDeselect={false}
          onChange={(value) => setLocationId(value ?? locationId)}
        />
        <TextInput
          type="date"
          label={t('purchasing.expected')}
          value={expectedOn}
          onChange={(event) => setExpectedOn(event.currentTarget.value)}
        />
        <TextInput
          label={t('purchasing.reference')}
          description={t('purchasing.reference.hint')}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <Textarea
          label={t('purchasing.note')}
          autosize
          minRows={3}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {edit.error && <ErrorNotice error={edit.error} />}
        <div className={styles['buttons']}>
          <Button type="submit" loading={edit.isPending}>
            {t('purchasing.details.save')}
          </Button>
        </div>
      </form>
    </SidePanel>
  );
}
