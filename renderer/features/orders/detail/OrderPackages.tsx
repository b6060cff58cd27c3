import { Button, Modal, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Result } from '#shared/contract/methods.ts';
import type { OrderDetail } from '#shared/contract/orders.ts';
import { allows } from '#shared/domain/order-machine.ts';
import { useEngineCommand } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import { ShipForm } from '../shipping/ShipForm.tsx';
import styles from './OrderDesk.module.css';
import panel from './OrderPanel.module.css';

interface Props {
  readonly order: OrderDetail;
  readonly desk: Result<'orders.desk'>;
}
type Open = { readonly kind: 'split' | 'merged' } | { readonly kind: 'package'; readonly packageId: string };

/** Splitting an order into packages, and putting orders of one buyer into one. */
export function OrderPackages({ order, desk }: Props) {
  const t = useText();
  const [open, setOpen] = useState<Open | null>(null);
  const unsplit = useEngineCommand('orders.unsplit');
  const merge = useEngineCommand('orders.merge');
  const unmerge = useEngineCommand('orders.unmerge');
  const { orderId } = order;
  const options = { onError: notifyError };
  const units = order.items.reduce((sum, line) => sum + line.quantity - line.shipped, 0);
  const canSplit = allows(order.state, 'pack') && !order.merged && units > 1;
  const { merged, mergeable, packages } = desk;
  if (!canSplit && packages.length === 0 && !merged && mergeable.length === 0) return null;
  const waiting = packages.filter(({ shipped }) => !shipped);
  return (
    <section className={panel['section']} aria-label={t('orders.packages')}>
      <h3>{t('orders.packages')}</h3>
      <div className={styles['rows']}>
        {packages.map(({ packageId, number, shipped, lines }) => (
          <div key={packageId} className={styles['row']}>
            <strong>{t('orders.package', { number })}</strong>
            <span className={styles['grow']}>
              {lines.map(({ title, quantity }) => `${quantity} × ${title}`).join(', ')}
            </span>
            {shipped ? (
              <span className="qs-muted">{t('orders.state.shipped')}</span>
            ) : (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => setOpen({ kind: 'package', packageId })}
              >
                {t('orders.do.ship')}
              </Button>
            )}
          </div>
        ))}
        {merged && (
          <div className={styles['row']}>
            <span className={styles['grow']}>
              {t('orders.merged', { orders: merged.orders.map(({ number }) => number).join(', ') })}
            </span>
            <Button size="compact-xs" onClick={() => setOpen({ kind: 'merged' })}>
              {t('orders.merged.ship')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => unmerge.mutate({ groupId: merged.groupId }, options)}
            >
              {t('orders.unmerge')}
            </Button>
          </div>
        )}
      </div>
      <div className={panel['buttons']}>
        {canSplit && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen({ kind: 'split' })}>
            {t('orders.split')}
          </Button>
        )}
        {waiting.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => unsplit.mutate({ orderId }, options)}>
            {t('orders.unsplit')}
          </Button>
        )}
        {mergeable.length > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            loading={merge.isPending}
            onClick={() =>
              merge.mutate(
                { orderIds: [orderId, ...mergeable.slice(0, 19).map((other) => other.orderId)] },
                options,
              )
            }
          >
            {t('orders.merge', { orders: mergeable.map(({ number }) => number).join(', ') })}
          </Button>
        )}
      </div>
      {open?.kind === 'split' && <SplitForm order={order} desk={desk} onClose={() => setOpen(null)} />}
      {open && open.kind !== 'split' && (
        <ShipParcel
          order={order}
          groupId={merged?.groupId ?? ''}
          packageId={open.kind === 'package' ? open.packageId : null}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

/** Units that may go into a new package: those of the last one that waits, or all that have not left. */
function SplitForm({ order, desk, onClose }: Props & { readonly onClose: () => void }) {
  const t = useText();
  const { mutate, isPending } = useEngineCommand('orders.split');
  const [units, setUnits] = useState<Readonly<Record<string, number>>>({});
  const last = desk.packages.at(-1);
  const free = order.items
    .map((line) => ({
      line,
      left:
        last && !last.shipped
          ? (last.lines.find(({ lineId }) => lineId === line.lineId)?.quantity ?? 0)
          : line.quantity - line.shipped,
    }))
    .filter(({ left }) => left > 0);
  const lines = Object.entries(units).flatMap(([lineId, quantity]) =>
    quantity > 0 ? [{ lineId, quantity }] : [],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('orders.split.title', { number: order.number })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <p>{t('orders.split.text')}</p>
      <div className={styles['rows']}>
        {free.map(({ line, left }) => (
          <NumberInput
            key={line.lineId}
            label={line.title}
            description={t('orders.split.of', { count: left })}
            min={0}
            max={left}
            allowDecimal={false}
            value={units[line.lineId] ?? 0}
            onChange={(value) => setUnits({ ...units, [line.lineId]: Number(value) || 0 })}
          />
        ))}
        <Button
          loading={isPending}
          disabled={lines.length === 0}
          onClick={() =>
            mutate({ orderId: order.orderId, lines }, { onSuccess: onClose, onError: notifyError })
          }
        >
          {t('orders.split.do')}
        </Button>
      </div>
    </Modal>
  );
}

function ShipParcel({
  order,
  groupId,
  packageId,
  onClose,
}: {
  readonly order: OrderDetail;
  readonly groupId: string;
  readonly packageId: string | null;
  readonly onClose: () => void;
}) {
  const t = useText();
  const ship = useEngineCommand('orders.ship');
  const shipMerged = useEngineCommand('orders.shipMerged');
  const undo = useEngineCommand('history.undo');
  const done = {
    onSuccess: ({ commandId }: { readonly commandId: string }) => {
      notifyDone(t('orders.said.shipped', { number: order.number }), {
        undo: () => undo.mutate({ commandId }, { onError: notifyError }),
      });
      onClose();
    },
    onError: notifyError,
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('orders.ship.title', { number: order.number })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <ShipForm
        busy={ship.isPending || shipMerged.isPending}
        onShip={(carrier, tracking) =>
          packageId === null
            ? shipMerged.mutate({ groupId, carrier, tracking }, done)
            : ship.mutate({ orderId: order.orderId, packageId, carrier, tracking }, done)
        }
      />
    </Modal>
  );
}
