import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Arrivals } from './Arrivals.tsx';
import { NewPlace } from './NewPlace.tsx';
import styles from './inventory.module.css';
import type { Location } from './stock-columns.ts';

export interface MovePanelProps {
  readonly locations: readonly Location[];
  readonly sku: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Place as one value: a location, or a bin of it. */
const place = (locationId: string, binId: string | null): string => `${locationId}/${binId ?? ''}`;
function toPlace(value: string): { locationId: string; binId: string | null } {
  const [locationId = '', binId = ''] = value.split('/');
  return { locationId, binId: binId === '' ? null : binId };
}

/** Moves units between bins and locations at once, or books in what another location has sent. */
export function MovePanel({ locations, sku, onDone, onClose }: MovePanelProps) {
  const t = useText();
  const places = locations
    .filter(({ kind }) => kind !== 'transit')
    .flatMap(({ locationId, name, bins }) => [
      { value: place(locationId, null), label: `${name} · ${t('inventory.noBin')}` },
      ...bins.map(({ binId, code }) => ({ value: place(locationId, binId), label: `${name} · ${code}` })),
    ]);
  const [code, setCode] = useState(sku);
  const [quantity, setQuantity] = useState(1);
  const [from, setFrom] = useState(places[0]?.value ?? '');
  const [to, setTo] = useState('');
  const move = useEngineCommand('inventory.move');
  const send = useEngineCommand('inventory.transferOut');
  const { mutate: undo } = useEngineCommand('history.undo');
  const said = (text: string, commandId: string | null): void => {
    notifyDone(text, commandId === null ? {} : { undo: () => undo({ commandId }, { onError: notifyError }) });
    onDone();
  };
  const apart = toPlace(from).locationId !== toPlace(to).locationId;
  const ready = code.trim() !== '' && to !== '' && quantity > 0;
  return (
    <SidePanel title={t('inventory.move')} onClose={onClose}>
      <div className={styles['form']}>
        <TextInput
          label={t('inventory.code')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <NumberInput
          label={t('inventory.quantity')}
          value={quantity}
          min={1}
          allowDecimal={false}
          onChange={(value) => setQuantity(Number(value))}
        />
        <Select
          label={t('inventory.from')}
          data={places}
          value={from}
          searchable
          allowDeselect={false}
          onChange={(value) => setFrom(value ?? from)}
        />
        <Select
          label={t('inventory.to')}
          data={places}
          value={to === '' ? null : to}
          searchable
          onChange={(value) => setTo(value ?? '')}
        />
        {(move.error ?? send.error) && <ErrorNotice error={move.error ?? send.error} />}
        <div className={styles['buttons']}>
          {apart && to !== '' && (
            <Button
              variant="default"
              disabled={!ready}
              loading={send.isPending}
              onClick={() =>
                send.mutate(
                  {
                    fromLocationId: toPlace(from).locationId,
                    toLocationId: toPlace(to).locationId,
                    lines: [{ code, quantity }],
                  },
                  { onSuccess: ({ commandId }) => said(t('inventory.sent', { count: quantity }), commandId) },
                )
              }
            >
              {t('inventory.send.do')}
            </Button>
          )}
          <Button
            disabled={!ready}
            loading={move.isPending}
            onClick={() =>
              move.mutate(
                { code, quantity, from: toPlace(from), to: toPlace(to) },
                { onSuccess: ({ commandId }) => said(t('inventory.moved', { count: quantity }), commandId) },
              )
            }
          >
            {t('inventory.move.do')}
          </Button>
        </div>
      </div>
      <Arrivals onDone={said} />
      <NewPlace locations={locations} />
    </SidePanel>
  );
}
