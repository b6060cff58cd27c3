import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconCircleX,
  IconLock,
  IconPencil,
  IconSend,
} from '@tabler/icons-react';
import type { PurchaseState } from '#shared/domain/purchasing/purchase-states.ts';
import { useText } from '../../lib/text.ts';
import styles from './purchasing.module.css';

const ICONS = {
  draft: IconPencil,
  sent: IconSend,
  confirmed: IconCircleDashed,
  part_received: IconCircleHalf2,
  received: IconCircleCheck,
  closed: IconLock,
  cancelled: IconCircleX,
} as const satisfies Record<PurchaseState, unknown>;

/** Word, icon and hue of an order's state. */
export function OrderState({ state }: { readonly state: PurchaseState }) {
  const t = useText();
  const Icon = ICONS[state];
  return (
    <span className={styles['state']} data-state={state}>
      <Icon size={13} aria-hidden="true" />
      {t(`purchasing.state.${state}`)}
    </span>
  );
}
