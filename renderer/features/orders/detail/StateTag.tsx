import {
  IconBan,
  IconBox,
  IconBoxSeam,
  IconCircleDashed,
  IconClock,
  IconHandGrab,
  IconHandStop,
  IconHelp,
  IconReceiptRefund,
  IconTruckDelivery,
  IconTruckReturn,
} from '@tabler/icons-react';
import type { OrderState } from '#shared/domain/order-states.ts';
import { useText } from '../../../lib/text.ts';
import styles from './StateTag.module.css';

const ICONS = {
  awaiting_payment: IconClock,
  on_hold: IconHandStop,
  ready: IconCircleDashed,
  picking: IconHandGrab,
  picked: IconBox,
  packed: IconBoxSeam,
  shipped: IconTruckDelivery,
  cancelled: IconBan,
  refunded: IconReceiptRefund,
  returned: IconTruckReturn,
  unknown: IconHelp,
} as const;

/** Where an order is in the warehouse: icon and word; the hue only helps. */
export function StateTag({
  state,
  channelStatus,
}: {
  readonly state: OrderState;
  readonly channelStatus: string;
}) {
  const t = useText();
  const Icon = ICONS[state];
  return (
    <span
      className={styles['tag']}
      data-state={state}
      title={t('orders.state.title', { state: t(`orders.state.${state}`), status: channelStatus })}
    >
      <Icon size={15} stroke={1.8} aria-hidden="true" />
      <span className={styles['word']}>{t(`orders.state.${state}`)}</span>
    </span>
  );
}
