import { IconArrowDown, IconArrowUp, IconHandStop, IconPackages } from '@tabler/icons-react';
import type { OrderRow } from '#shared/contract/orders.ts';
import { useText } from '../../../lib/text.ts';
import styles from './OrderList.module.css';

/** Our own marks on an order, in few letters. */
export function OrderFlags({ order }: { readonly order: OrderRow }) {
  const t = useText();
  const { hold, priority, tags, merged, packages } = order;
  const icon = { size: 14, 'aria-hidden': true } as const;
  return (
    <span className={styles['flags']}>
      {priority !== 0 && (
        <span
          title={t(`orders.priority.${priority === -1 ? 'low' : priority}`)}
          data-urgent={priority > 0 || undefined}
        >
          {priority > 0 ? <IconArrowUp {...icon} /> : <IconArrowDown {...icon} />}
          <span className="qs-hidden">{t(`orders.priority.${priority === -1 ? 'low' : priority}`)}</span>
        </span>
      )}
      {hold !== null && (
        <span className={styles['flag']} title={t('orders.hold')}>
          <IconHandStop {...icon} /> {t(`orders.hold.${hold}`)}
        </span>
      )}
      {(merged || packages > 0) && (
        <span title={t(merged ? 'orders.flag.merged' : 'orders.flag.split')}>
          <IconPackages {...icon} />
          <span className="qs-hidden">{t(merged ? 'orders.flag.merged' : 'orders.flag.split')}</span>
        </span>
      )}
      {tags.map((tag) => (
        <span key={tag} className={styles['flag']}>
          {tag}
        </span>
      ))}
    </span>
  );
}
