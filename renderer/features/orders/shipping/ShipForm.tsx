import { Autocomplete, Button, TextInput } from '@mantine/core';
import { IconTruckDelivery } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useScreenState } from '../../../lib/screen-state.ts';
import { useText } from '../../../lib/text.ts';
import { useScanner } from '../scanner/use-scanner.ts';
import styles from './ShipForm.module.css';

/** Carriers that people type; any other name is as good. */
const CARRIERS = [
  'DHL',
  'DPD',
  'GLS',
  'Hermes',
  'UPS',
  'FedEx',
  'Deutsche Post',
  'USPS',
  'Royal Mail',
  'PostNL',
];

/** Kept from order to order and over restarts. */
export const CARRIER_KEY = 'orders.carrier';
export const NO_CARRIER = { carrier: '' };

export interface ShipFormProps {
  readonly onShip: (carrier: string, tracking: string) => void;
  readonly busy?: boolean;
  /** Backspace in the empty tracking number. */
  readonly onBack?: () => void;
  /** At the bench. */
  readonly large?: boolean;
}

/**
 * Carrier and tracking number. A scan always lands in the tracking number,
 * whatever has the focus, and leaves the other field as it was; then Enter ships.
 */
export function ShipForm({ onShip, onBack, busy = false, large = false }: ShipFormProps) {
  const t = useText();
  const [kept, keep] = useScreenState(CARRIER_KEY, NO_CARRIER);
  const [carrier, setCarrier] = useState(kept.carrier);
  const [tracking, setTracking] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef({ carrier, tracking });
  const size = large ? 'lg' : 'xs';
  useScanner({
    typing: true,
    onStart: () => {
      before.current = { carrier, tracking };
    },
    onScan: (code) => {
      setCarrier(before.current.carrier);
      setTracking(code);
      button.current?.focus();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy) return;
    keep({ carrier: carrier.trim() });
    onShip(carrier.trim(), tracking.trim());
  };
  return (
    <form className={styles['form']} data-large={large} onSubmit={submit}>
      <Autocomplete
        label={t('orders.carrier')}
        size={size}
        data={CARRIERS}
        value={carrier}
        onChange={setCarrier}
        maxLength={100}
        comboboxProps={{ withinPortal: true }}
      />
      <TextInput
        label={t('orders.tracking')}
        description={t('orders.tracking.hint')}
        size={size}
        value={tracking}
        onChange={(event) => setTracking(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Backspace' && tracking === '') onBack?.();
        }}
        maxLength={200}
        ref={field}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: styles['code'] ?? '' }}
      />
      <Button
        ref={button}
        type="submit"
        size={large ? 'lg' : 'xs'}
        loading={busy}
        leftSection={<IconTruckDelivery size={large ? 22 : 16} />}
      >
        {tracking.trim() === '' ? t('orders.ship.without') : t('orders.ship.do')}
      </Button>
    </form>
  );
}
