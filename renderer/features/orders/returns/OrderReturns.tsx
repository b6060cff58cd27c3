import { Button, Modal, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import type { OrderDetail } from '#shared/contract/orders.ts';
import { RETURN_REASONS, type ReturnReason } from '#shared/domain/order-marks.ts';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { notifyError } from '../../../ui/notify.tsx';
import styles from '../detail/OrderDesk.module.css';
import panel from '../detail/OrderPanel.module.css';
import { ReturnPanel } from './ReturnPanel.tsx';

/** Returns of one order: announced, received, and the way to a new one. */
export function OrderReturns({ order }: { readonly order: OrderDetail }) {
  const t = useText();
  const { orderId } = order;
  const { data } = useEngineQuery('returns.list', { orderId });
  const [open, setOpen] = useState<string | null>(null);
  const out = order.items.some(({ shipped }) => shipped > 0);
  const returns = data?.returns ?? [];
  if (!out && returns.length === 0) return null;
  return (
    <section className={panel['section']} aria-label={t('orders.returns')}>
      <h3>{t('orders.returns')}</h3>
      <div className={styles['rows']}>
        {returns.map(({ returnId, number, state, received, expected }) => (
          <div key={returnId} className={styles['row']}>
            <strong>{number}</strong>
            <span className={styles['grow']}>
              {t(`orders.return.state.${state}`)} · {t('orders.return.units', { received, expected })}
            </span>
            <Button size="compact-xs" variant="default" onClick={() => setOpen(returnId)}>
              {t('orders.return.open')}
            </Button>
          </div>
        ))}
        {out && order.state !== 'returned' && (
          <div className={panel['buttons']}>
            <Button size="compact-sm" variant="default" onClick={() => setOpen('')}>
              {t('orders.return.new')}
            </Button>
          </div>
        )}
      </div>
      {open === '' && <NewReturn order={order} onClose={() => setOpen(null)} />}
      {open !== null && open !== '' && (
        <Modal
          opened
          size="lg"
          onClose={() => setOpen(null)}
          title={t('orders.return.title')}
          closeButtonProps={{ 'aria-label': t('shell.close') }}
        >
          <ReturnPanel returnId={open} />
        </Modal>
      )}
    </section>
  );
}

function NewReturn({ order, onClose }: { readonly order: OrderDetail; readonly onClose: () => void }) {
  const t = useText();
  const { mutate, isPending } = useEngineCommand('returns.open');
  const [units, setUnits] = useState<Readonly<Record<string, number>>>({});
  const [reasons, setReasons] = useState<Readonly<Record<string, ReturnReason>>>({});
  const lines = Object.entries(units).flatMap(([lineId, quantity]) =>
    quantity > 0 ? [{ lineId, quantity, reason: reasons[lineId] ?? ('unwanted' as const) }] : [],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('orders.return.newFor', { number: order.number })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <div className={styles['rows']}>
        {order.items
          .filter(({ shipped }) => shipped > 0)
          .map((line) => (
            <div key={line.lineId} className={styles['row']}>
              <NumberInput
                className={styles['grow'] ?? ''}
                label={line.title}
                description={t('orders.split.of', { count: line.shipped })}
                min={0}
                max={line.shipped}
                allowDecimal={false}
                value={units[line.lineId] ?? 0}
                onChange={(value) => setUnits({ ...units, [line.lineId]: Number(value) || 0 })}
              />
              <Select
                label={t('orders.return.reason')}
                allowDeselect={false}
                value={reasons[line.lineId] ?? 'unwanted'}
                onChange={(value) => setReasons({ ...reasons, [line.lineId]: value ?? 'other' })}
                data={RETURN_REASONS.map((value) => ({ value, label: t(`orders.return.reason.${value}`) }))}
              />
            </div>
          ))}
        <Button
          loading={isPending}
          disabled={lines.length === 0}
          onClick={() =>
            mutate({ orderId: order.orderId, lines }, { onSuccess: onClose, onError: notifyError })
          }
        >
          {t('orders.return.announce')}
        </Button>
      </div>
    </Modal>
  );
}
