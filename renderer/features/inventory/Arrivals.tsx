import { Button, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Result } from '#shared/contract/methods.ts';
import { useEngineCommand, useEngineQuery } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { Age } from '../../ui/Age.tsx';
import { notifyError } from '../../ui/notify.tsx';
import styles from './inventory.module.css';

type Transfer = Result<'inventory.transferHistory'>['transfers'][number];
const SHOWN = 20;

export interface ArrivalsProps {
  readonly onDone: (text: string, commandId: string | null) => void;
}

/** Transfers: those on their way are booked in, all or in part, and what never comes is settled. */
export function Arrivals({ onDone }: ArrivalsProps) {
  const t = useText();
  const { data } = useEngineQuery('inventory.transferHistory', { limit: SHOWN });
  if (!data || data.transfers.length === 0) return null;
  return (
    <section className={styles['section']}>
      <h3>{t('inventory.arrivals')}</h3>
      {data.transfers.map((transfer) => (
        <TransferCard key={transfer.transferId} transfer={transfer} onDone={onDone} />
      ))}
    </section>
  );
}

function TransferCard({ transfer, onDone }: ArrivalsProps & { readonly transfer: Transfer }) {
  const t = useText();
  const [came, setCame] = useState<Readonly<Record<string, number>> | null>(null);
  const [reason, setReason] = useState('');
  const book = useEngineCommand('inventory.transferIn');
  const settle = useEngineCommand('inventory.closeTransfer');
  const open = new Map<string, number>();
  for (const line of transfer.lines) {
    if (line.open > 0) open.set(line.sku, (open.get(line.sku) ?? 0) + line.open);
  }
  const units = [...open.values()].reduce((sum, one) => sum + one, 0);
  const count = (key: 'sent' | 'arrived' | 'lost' | 'returned'): number =>
    transfer.lines.reduce((sum, line) => sum + line[key], 0);
  const lines = [...open.keys()].flatMap((code) => {
    const quantity = came?.[code] ?? 0;
    return quantity > 0 ? [{ code, quantity }] : [];
  });
  const bookIn = (): void =>
    book.mutate(
      { transferId: transfer.transferId, ...(came === null ? {} : { lines }) },
      {
        onSuccess: ({ commandId }) => {
          const arrived = came === null ? units : lines.reduce((sum, { quantity }) => sum + quantity, 0);
          onDone(t('inventory.received', { count: arrived }), commandId);
          setCame(null);
        },
        onError: notifyError,
      },
    );
  const end = (how: 'lost' | 'returned'): void =>
    settle.mutate(
      { transferId: transfer.transferId, how, reason },
      {
        onSuccess: ({ commandId, units: settled }) => {
          onDone(t(`inventory.transfer.${how}.done`, { count: settled }), commandId);
          setCame(null);
        },
        onError: notifyError,
      },
    );
  return (
    <article className={styles['transfer']}>
      <div className={styles['placeRow']}>
        <span>
          {transfer.from} → {transfer.to}
          <span className="qs-muted">
            {' · '}
            {t(`inventory.transfer.state.${transfer.state}`)} · <Age at={transfer.at} />
            {transfer.reference !== '' && ` · ${transfer.reference}`}
          </span>
          <span className="qs-muted" style={{ display: 'block' }}>
            {t('inventory.transfer.figures', {
              sent: count('sent'),
              arrived: count('arrived'),
              missing: count('lost') + count('returned'),
              open: units,
            })}
          </span>
        </span>
        {units > 0 && came === null && (
          <>
            <Button size="compact-xs" variant="default" loading={book.isPending} onClick={bookIn}>
              {t('inventory.arrivals.book')}
            </Button>
            <Button size="compact-xs" variant="subtle" onClick={() => setCame(Object.fromEntries(open))}>
              {t('inventory.arrivals.part')}
            </Button>
          </>
        )}
      </div>
      {came !== null && (
        <>
          {[...open].map(([code, left]) => (
            <NumberInput
              key={code}
              label={t('inventory.arrivals.came', { sku: code, open: left })}
              value={came[code] ?? 0}
              min={0}
              max={left}
              allowDecimal={false}
              onChange={(value) => setCame({ ...came, [code]: Number(value) })}
            />
          ))}
          <div className={styles['buttons']}>
            <Button variant="subtle" onClick={() => setCame(null)}>
              {t('inventory.place.keep')}
            </Button>
            <Button disabled={lines.length === 0} loading={book.isPending} onClick={bookIn}>
              {t('inventory.arrivals.book')}
            </Button>
          </div>
          <TextInput
            label={t('inventory.transfer.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <div className={styles['buttons']}>
            {(['returned', 'lost'] as const).map((how) => (
              <Button
                key={how}
                variant="default"
                disabled={reason.trim() === ''}
                loading={settle.isPending}
                onClick={() => end(how)}
              >
                {t(`inventory.transfer.${how}`, { count: units })}
              </Button>
            ))}
          </div>
        </>
      )}
    </article>
  );
}
