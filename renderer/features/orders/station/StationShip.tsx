import { useEffect } from 'react';
import type { OrderDetail } from '#shared/contract/orders.ts';
import { remaining, toFind } from '#shared/domain/order-states.ts';
import { useText } from '../../../lib/text.ts';
import { AddressBlock } from '../detail/AddressBlock.tsx';
import { ShipForm } from '../shipping/ShipForm.tsx';
import type { StationSession } from './station-session.ts';
import styles from './Station.module.css';

/** The box is full: where it goes, who carries it, and the tracking number from the label. */
export function StationShip({
  session,
  order,
  onLeave,
}: {
  readonly session: StationSession;
  readonly order: OrderDetail;
  readonly onLeave: () => void;
}) {
  const t = useText();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) onLeave();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onLeave]);
  const units = order.items.reduce((sum, line) => sum + remaining('ship', line), 0);
  const missing = order.items.reduce((sum, line) => sum + line.missing + toFind(line), 0);
  return (
    <div className={styles['ship']}>
      <section className={styles['shipTo']}>
        <h2 className={styles['label']}>{t('orders.shipTo')}</h2>
        <div className={styles['address']}>
          <AddressBlock address={order.shipTo} />
        </div>
        <p className={styles['method']}>{order.shippingMethod}</p>
      </section>
      <section className={styles['shipForm']}>
        <h2 className={styles['title']}>{t('orders.station.packed.units', { count: units })}</h2>
        {missing > 0 && (
          <p className={styles['warning']}>{t('orders.station.incomplete', { count: missing })}</p>
        )}
        <ShipForm
          large
          onShip={(carrier, tracking) => session.ship(carrier, tracking)}
          onBack={() => session.undo()}
        />
      </section>
    </div>
  );
}
