import { Button } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import type { OrderDetail } from '#shared/contract/orders.ts';
import { useText } from '../../../lib/text.ts';
import { PushState } from '../detail/PushState.tsx';
import styles from './Station.module.css';

/** Shipped here; whether the shop knows is shown as it happens. */
export function StationShipped({
  order,
  shipmentId,
  onSlip,
}: {
  readonly order: OrderDetail;
  readonly shipmentId: string;
  readonly onSlip: (orderId: string) => void;
}) {
  const t = useText();
  const shipment = order.shipments.find((candidate) => candidate.shipmentId === shipmentId);
  return (
    <div className={styles['message']}>
      <p className={styles['messageTitle']}>{t('orders.said.shipped', { number: order.number })}</p>
      {shipment && (
        <p className={styles['pushed']}>
          <span>{[shipment.carrier, shipment.tracking].filter(Boolean).join(' ')}</span>
          <PushState shipment={shipment} accountId={order.accountId} />
        </p>
      )}
      <p>{t('orders.station.next')}</p>
      <Button
        variant="default"
        leftSection={<IconFileText size={16} />}
        onClick={() => onSlip(order.orderId)}
      >
        {t('orders.document.packing-slip')}
      </Button>
    </div>
  );
}
