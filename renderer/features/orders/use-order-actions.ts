import { useMemo } from 'react';
import { useEngine, useEngineCommand } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { useMark, type Mark } from './use-mark.ts';
import type { StationStep } from './station/station-lines.ts';

/** What lies over the queue. */
export type Overlay =
  | { readonly kind: 'station'; readonly step: StationStep; readonly orderIds: readonly string[] }
  | { readonly kind: 'ship'; readonly orderId: string }
  | { readonly kind: 'list' | 'returns' }
  | { readonly kind: 'rules' | 'tags'; readonly orderIds: readonly string[] }
  | { readonly kind: 'waves' }
  | { readonly kind: 'batch'; readonly batchId: string }
  | { readonly kind: 'labels'; readonly orderIds: readonly string[] }
  | {
      readonly kind: 'document';
      readonly document: 'pick-list' | 'packing-slip';
      readonly orderIds: readonly string[];
    };

/** What can be done with orders; each takes the ids of those it is for. */
export interface OrderActions {
  readonly pick: (orderIds: readonly string[]) => void;
  readonly pack: (orderIds: readonly string[]) => void;
  readonly ship: (orderIds: readonly string[]) => void;
  readonly markPicked: (orderIds: readonly string[]) => void;
  readonly markPacked: (orderIds: readonly string[]) => void;
  readonly pickList: (orderIds: readonly string[]) => void;
  readonly packingSlip: (orderIds: readonly string[]) => void;
  readonly unship: (shipmentId: string, number: string) => void;
  readonly shipList: () => void;
  readonly mark: (orderIds: readonly string[], mark: Mark) => void;
  readonly tag: (orderIds: readonly string[]) => void;
  readonly rules: (orderIds: readonly string[]) => void;
  readonly returns: () => void;
  readonly waves: () => void;
  readonly labels: (orderIds: readonly string[]) => void;
}

export function useOrderActions(open: (overlay: Overlay) => void): OrderActions {
  const t = useText();
  const engine = useEngine();
  const { mutate: takeBack } = useEngineCommand('orders.unship');
  const markOrders = useMark();
  return useMemo(() => {
    const mark = async (step: StationStep, orderIds: readonly string[]): Promise<void> => {
      for (const orderId of orderIds) {
        try {
          const { commandId, lines } = await engine.call(step === 'pick' ? 'orders.pick' : 'orders.pack', {
            orderId,
          });
          notifyDone(t(`orders.marked.${step}`, { count: lines.length }), {
            undo: () => {
              engine.call('history.undo', { commandId }).catch(notifyError);
            },
          });
        } catch (error) {
          notifyError(error);
        }
      }
    };
    return {
      pick: (orderIds) => open({ kind: 'station', step: 'pick', orderIds }),
      pack: (orderIds) => open({ kind: 'station', step: 'pack', orderIds }),
      ship: ([orderId]) => {
        if (orderId !== undefined) open({ kind: 'ship', orderId });
      },
      markPicked: (orderIds) => void mark('pick', orderIds),
      markPacked: (orderIds) => void mark('pack', orderIds),
      pickList: (orderIds) => open({ kind: 'document', document: 'pick-list', orderIds }),
      packingSlip: (orderIds) => open({ kind: 'document', document: 'packing-slip', orderIds }),
      unship: (shipmentId, number) =>
        takeBack(
          { shipmentId },
          { onSuccess: () => notifyDone(t('orders.unshipped', { number })), onError: notifyError },
        ),
      shipList: () => open({ kind: 'list' }),
      mark: markOrders,
      tag: (orderIds) => open({ kind: 'tags', orderIds }),
      rules: (orderIds) => open({ kind: 'rules', orderIds }),
      returns: () => open({ kind: 'returns' }),
      waves: () => open({ kind: 'waves' }),
      labels: (orderIds) => open({ kind: 'labels', orderIds }),
    };
  }, [open, t, engine, takeBack, markOrders]);
}
