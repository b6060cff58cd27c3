// A row of the windowed grid; see OrderList.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import type { MouseEvent } from 'react';
import type { OrderRow } from '#shared/contract/orders.ts';
import { cellState } from '#shared/domain/outbox-states.ts';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { MoneyText } from '../../../ui/MoneyText.tsx';
import { PlatformMark } from '../../../ui/PlatformMark.tsx';
import { StateBadge } from '../../../ui/StateBadge.tsx';
import { StateTag } from '../detail/StateTag.tsx';
import { DueClock } from './DueClock.tsx';
import { OrderFlags } from './OrderFlags.tsx';
import styles from './OrderList.module.css';

export interface OrderRowViewProps {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly order: OrderRow | undefined;
  readonly active: boolean;
  readonly chosen: boolean;
  readonly onClick: (event: MouseEvent) => void;
}

export function OrderRowView({ id, index, top, height, order, active, chosen, onClick }: OrderRowViewProps) {
  const t = useText();
  return (
    // Keys are handled by the grid, which has the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      className={styles['row']}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-active={active || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={onClick}
    >
      {order === undefined ? (
        <span role="gridcell" aria-colindex={1} className={styles['loading']}>
          <span className="qs-hidden">{t('shell.loading')}</span>
        </span>
      ) : (
        <>
          <span role="gridcell" aria-colindex={1} className={styles['due']}>
            <DueClock order={order} />
          </span>
          <span role="gridcell" aria-colindex={2} className={styles['number']} title={order.number}>
            {order.number}
          </span>
          <span role="gridcell" aria-colindex={3} className={styles['channel']}>
            <PlatformMark platform={order.platform} name={order.accountName} />
          </span>
          <span role="gridcell" aria-colindex={4} className={styles['customer']} title={order.customerName}>
            <span className={styles['clip']}>
              {order.buyer === 'known' ? (
                order.customerName
              ) : (
                <span className="qs-muted">{t(`orders.buyer.${order.buyer}`)}</span>
              )}
            </span>
            <OrderFlags order={order} />
            {order.country !== null && <span className={styles['country']}>{order.country}</span>}
          </span>
          <span role="gridcell" aria-colindex={5} className={styles['units']}>
            {order.missing > 0 && (
              <strong className={styles['missing']}>
                {t('orders.line.missing', { count: order.missing })}
              </strong>
            )}
            <span title={t('orders.items', { units: order.units, lines: order.lines })}>
              {t('orders.units', { units: order.units })}
            </span>
          </span>
          <span role="gridcell" aria-colindex={6} className={styles['total']}>
            <MoneyText money={order.total} />
          </span>
          <span role="gridcell" aria-colindex={7} className={styles['state']}>
            <StateTag state={order.state} channelStatus={order.channelStatus} />
            {order.shipmentState !== null && (
              <StateBadge compact state={cellState(order.shipmentState, true)} />
            )}
          </span>
          <span role="gridcell" aria-colindex={8} className={styles['placed']}>
            <Age at={order.placedAt} />
          </span>
        </>
      )}
    </div>
  );
}
