import { Modal } from '@mantine/core';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { remaining, toFind } from '#shared/domain/order-states.ts';
import { useText } from '../../../lib/text.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import { ShipForm } from './ShipForm.tsx';
import styles from './ShipListDialog.module.css';

/** Ships one packed order from the queue. */
export function ShipDialog({ orderId, onClose }: { readonly orderId: string; readonly onClose: () => void }) {
  const t = useText();
  const order = useEngineQuery('orders.get', { orderId });
  const ship = useEngineCommand('orders.ship');
  const undo = useEngineCommand('orders.unship');
  const items = order.data?.items ?? [];
  const units = items.reduce((sum, line) => sum + remaining('ship', line), 0);
  const open = items.reduce((sum, line) => sum + line.missing + toFind(line) + remaining('pack', line), 0);
  const number = order.data?.number ?? '';
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('orders.ship.title', { number })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {order.error && <ErrorNotice error={order.error} />}
      {order.data && units === 0 && <p>{t('orders.ship.nothing')}</p>}
      {order.data && units > 0 && (
        <>
          <p className={styles['intro']}>
            {t('orders.ship.units', { count: units })}
            {open > 0 && ` ${t('orders.station.incomplete', { count: open })}`}
          </p>
          <ShipForm
            busy={ship.isPending}
            onShip={(carrier, tracking) =>
              ship.mutate(
                { orderId, carrier, tracking },
                {
                  onSuccess: ({ shipmentId }) => {
                    notifyDone(t('orders.said.shipped', { number }), {
                      undo: () => undo.mutate({ shipmentId }, { onError: notifyError }),
                    });
                    onClose();
                  },
                  onError: notifyError,
                },
              )
            }
          />
        </>
      )}
    </Modal>
  );
}
