import type { OrderDetail } from '#shared/contract/orders.ts';
import { cellState } from '#shared/domain/outbox-states.ts';
import { useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { StateBadge } from '../../../ui/StateBadge.tsx';
import styles from './OrderPanel.module.css';

type Shipment = OrderDetail['shipments'][number];

/** Whether the shop knows of a shipment, in the words of the queue: nothing is green before it was read back. */
export function PushState({
  shipment,
  accountId,
}: {
  readonly shipment: Shipment;
  readonly accountId: string;
}) {
  const t = useText();
  const accounts = useEngineQuery('status.get', {}).data?.accounts;
  const offline = accounts?.find((account) => account.accountId === accountId)?.offline ?? false;
  return (
    <span className={styles['push']}>
      <StateBadge compact state={cellState(shipment.state, true)} />
      <span>{t(`orders.push.${pushWord(shipment.state, offline)}`)}</span>
    </span>
  );
}

function pushWord(state: Shipment['state'], offline: boolean): string {
  switch (state) {
    case 'pending':
    case 'retry_wait':
      return offline ? 'offline' : 'queued';
    case 'leased':
    case 'sent':
      return 'sending';
    case 'accepted':
    case 'needs_verify':
      return 'checking';
    case 'verified':
      return 'verified';
    case 'rejected':
    case 'conflict':
      return 'rejected';
    case 'superseded':
    case 'cancelled':
      return 'cancelled';
  }
}
