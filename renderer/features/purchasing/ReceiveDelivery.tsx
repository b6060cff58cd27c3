import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { PurchaseLine, PurchaseOrderDetail } from '#shared/contract/purchasing.ts';
import { LANDED_SPLITS, type LandedSplit } from '#shared/domain/purchasing/landed-cost.ts';
import { useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import styles from './purchasing.module.css';

interface Arrival {
  readonly quantity: number;
  readonly bin: string;
  readonly lot: string;
  readonly expiresOn: string;
  readonly overReason: string;
}

const NOTHING: Arrival = { quantity: 0, bin: '', lot: '', expiresOn: '', overReason: '' };

export interface ReceiveDeliveryProps {
  readonly detail: PurchaseOrderDetail;
  readonly onDone: (text: string, commandId: string | null) => void;
  readonly onClose: () => void;
}

/** Books in what came of an order, all or in part, with freight and duty of this delivery. */
export function ReceiveDelivery({ detail: { order, lines }, onDone, onClose }: ReceiveDeliveryProps) {
  const t = useText();
  const [arrivals, setArrivals] = useState<Readonly<Record<string, Arrival>>>(() =>
    Object.fromEntries(lines.map((line) => [line.lineId, { ...NOTHING, quantity: line.open }])),
  );
  const [reference, setReference] = useState('');
  const [freight, setFreight] = useState('');
  const [duty, setDuty] = useState('');
  const [split, setSplit] = useState<LandedSplit>('value');
  const receive = useEngineCommand('purchasing.receive');
  const of = (line: PurchaseLine): Arrival => arrivals[line.lineId] ?? NOTHING;
  const came = lines.filter((line) => of(line).quantity > 0);
  const units = came.reduce((sum, line) => sum + of(line).quantity, 0);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    receive.mutate(
      {
        orderId: order.orderId,
        split,
        ...given({ reference, freight: decimal(freight), duty: decimal(duty) }),
        lines: came.map((line) => {
          const { quantity, ...rest } = of(line);
          return { lineId: line.lineId, quantity, ...given(rest) };
        }),
      },
      {
        onSuccess: ({ commandId, units: booked }) => {
          onDone(t('purchasing.received', { count: booked }), commandId);
          onClose();
        },
      },
    );
  };
  return (
    <SidePanel title={t('purchasing.step.receive')} onClose={onClose} width={620}>
      <form onSubmit={submit}>
        <div className={styles['form']}>
          <TextInput
            label={t('purchasing.deliveryNote')}
            value={reference}
            onChange={(event) => setReference(event.currentTarget.value)}
          />
        </div>
        {lines.map((line) => (
          <ArrivalRow
            key={line.lineId}
            line={line}
            value={of(line)}
            onChange={(next) => setArrivals({ ...arrivals, [line.lineId]: next })}
          />
        ))}
        <section className={styles['section']}>
          <h3>{t('purchasing.landed')}</h3>
          <div className={styles['pair']}>
            <TextInput
              label={t('purchasing.freight', { currency: order.currency })}
              inputMode="decimal"
              value={freight}
              onChange={(event) => setFreight(event.currentTarget.value)}
            />
            <TextInput
              label={t('purchasing.duty', { currency: order.currency })}
              inputMode="decimal"
              value={duty}
              onChange={(event) => setDuty(event.currentTarget.value)}
            />
          </div>
          <Select
            mt={10}
            label={t('purchasing.split')}
            data={LANDED_SPLITS.map((value) => ({ value, label: t(`purchasing.split.${value}`) }))}
            value={split}
            allowDeselect={false}
            onChange={(value) => setSplit(value ?? split)}
          />
        </section>
        {receive.error && <ErrorNotice error={receive.error} />}
        <div className={styles['buttons']}>
          <Button
            variant="default"
            onClick={() =>
              setArrivals(
                Object.fromEntries(lines.map((line) => [line.lineId, { ...of(line), quantity: 0 }])),
              )
            }
          >
            {t('purchasing.receive.none')}
          </Button>
          <Button type="submit" disabled={units === 0} loading={receive.isPending}>
            {t('purchasing.receive.do', { count: units })}
          </Button>
        </div>
      </form>
    </SidePanel>
  );
}

/** A comma is how half of the world writes a decimal point. */
const decimal = (text: string): string => text.trim().replace(',', '.');

function given<T extends Readonly<Record<string, string>>>(parts: T): Partial<T> {
  return Object.fromEntries(Object.entries(parts).filter(([, text]) => text.trim() !== '')) as Partial<T>;
}

interface ArrivalRowProps {
  readonly line: PurchaseLine;
  readonly value: Arrival;
  readonly onChange: (next: Arrival) => void;
}

function ArrivalRow({ line, value, onChange }: ArrivalRowProps) {
  const t = useText();
  const tracked = line.tracking !== 'none';
  const over = value.quantity > line.open;
  const text = (key: 'bin' | 'lot' | 'overReason', label: string, required = false) => (
    <TextInput
      label={label}
      required={required}
      withAsterisk={required}
      value={value[key]}
      onChange={(event) => onChange({ ...value, [key]: event.currentTarget.value })}
    />
  );
  return (
    <fieldset className={styles['arrival']}>
      <legend>
        <span className={styles['code']}>{line.sku}</span>{' '}
        <span className="qs-muted">
          {t('purchasing.receive.open', { open: line.open, quantity: line.quantity })}
        </span>
      </legend>
      <div className={styles['arrivalFields']}>
        <NumberInput
          label={t('purchasing.receipt.quantity')}
          aria-label={t('purchasing.receive.quantityOf', { sku: line.sku })}
          value={value.quantity}
          min={0}
          allowDecimal={false}
          hideControls
          onChange={(next) => onChange({ ...value, quantity: Number(next) })}
        />
        {text('bin', t('purchasing.bin'))}
        {tracked &&
          text(
            'lot',
            t(line.tracking === 'lot' ? 'purchasing.lot' : 'purchasing.serial'),
            value.quantity > 0,
          )}
        {line.tracking === 'lot' && (
          <TextInput
            type="date"
            label={t('purchasing.expiresOn')}
            value={value.expiresOn}
            onChange={(event) => onChange({ ...value, expiresOn: event.currentTarget.value })}
          />
        )}
        {over && text('overReason', t('purchasing.overReason'), true)}
      </div>
    </fieldset>
  );
}
