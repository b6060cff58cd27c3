import { Button } from '@mantine/core';
import { useText } from '../../../lib/text.ts';
import { useEngineQuery } from '../../../lib/engine.tsx';
import { Age } from '../../../ui/Age.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { MoneyText } from '../../../ui/MoneyText.tsx';
import { PlatformMark } from '../../../ui/PlatformMark.tsx';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { DueClock } from '../queue/DueClock.tsx';
import { OrderReturns } from '../returns/OrderReturns.tsx';
import type { OrderActions } from '../use-order-actions.ts';
import { nextSteps } from './next-steps.ts';
import { OrderAddress } from './OrderAddress.tsx';
import { OrderDesk } from './OrderDesk.tsx';
import { OrderEvents } from './OrderEvents.tsx';
import { OrderItems } from './OrderItems.tsx';
import { OrderPackages } from './OrderPackages.tsx';
import styles from './OrderPanel.module.css';
import { OrderRequests } from './OrderRequests.tsx';
import { OrderShipments } from './OrderShipments.tsx';
import { RuleTrace } from './RuleTrace.tsx';
import { ShopLink } from './ShopLink.tsx';
import { StateTag } from './StateTag.tsx';

export const PANEL_WIDTH = 440;

export interface OrderPanelProps {
  readonly orderId: string;
  readonly actions: OrderActions;
  readonly onClose: () => void;
}

/** Everything about one order, beside the queue. */
export function OrderPanel({ orderId, actions, onClose }: OrderPanelProps) {
  const t = useText();
  const query = useEngineQuery('orders.get', { orderId });
  const order = query.data;
  const desk = useEngineQuery('orders.desk', { orderId }).data;
  return (
    <SidePanel
      title={order ? t('orders.order', { number: order.number }) : t('orders.one')}
      onClose={onClose}
      width={PANEL_WIDTH}
    >
      {query.error ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : !order ? (
        <Loading />
      ) : (
        <div className={styles['panel']}>
          <div className={styles['facts']}>
            <StateTag state={order.state} channelStatus={order.channelStatus} />
            <DueClock order={order} />
            <PlatformMark platform={order.platform} name={order.accountName} />
            <MoneyText money={order.total} />
            <span className="qs-muted">
              {t('orders.read')} <Age at={order.readAt} />
            </span>
          </div>
          <div className={styles['buttons']}>
            {nextSteps(order).map((step, index) => (
              <Button
                key={step}
                variant={index === 0 ? 'filled' : 'default'}
                onClick={() => actions[step]([order.orderId])}
              >
                {t(`orders.do.${step}`)}
              </Button>
            ))}
            <Button variant="default" onClick={() => actions.packingSlip([order.orderId])}>
              {t('orders.document.packing-slip')}
            </Button>
            <ShopLink order={order} />
          </div>
          <OrderItems order={order} />
          {desk && <OrderDesk order={order} desk={desk} />}
          {desk && <OrderPackages order={order} desk={desk} />}
          <OrderAddress order={order} />
          {order.note !== '' && (
            <section className={styles['section']}>
              <h3>{t('orders.note')}</h3>
              <p className={`${styles['note']} qs-selectable`}>{order.note}</p>
            </section>
          )}
          <OrderShipments order={order} actions={actions} />
          <OrderReturns order={order} />
          <OrderRequests order={order} />
          {desk?.trace && <RuleTrace trace={desk.trace} />}
          <OrderEvents order={order} />
        </div>
      )}
    </SidePanel>
  );
}
