import { useEffect, useMemo, useRef } from 'react';
import { useOffer, type Action } from '../../lib/actions.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useText } from '../../lib/text.ts';
import { notifyError } from '../../ui/notify.tsx';
import { isUnsent } from './detail/OrderShipments.tsx';
import type { OrderActions } from './use-order-actions.ts';

export const ORDER_KEYS = {
  pick: 'p',
  pack: 'b',
  ship: 's',
  unship: 'u',
  pickList: 'l',
  packingSlip: 'd',
  tag: 't',
  shipList: 'mod+shift+L',
  waves: 'w',
  search: '/',
} as const;

export interface OrderOffers {
  readonly actions: OrderActions;
  /** Orders that the actions are for. */
  readonly ids: readonly string[];
  readonly openedId: string | null;
  /** True while a station or a dialog has the keys. */
  readonly paused: boolean;
  readonly focusSearch: () => void;
}

/** Puts what can be done with orders into the palette and onto keys. */
export function useOrderOffers({ actions, ids, openedId, paused, focusSearch }: OrderOffers): void {
  const t = useText();
  const engine = useEngine();
  const search = useRef(focusSearch);
  useEffect(() => {
    search.current = focusSearch;
  });
  const offers = useMemo<Action[]>(() => {
    if (paused) return [];
    const group = t('orders.title');
    const none = ids.length === 0;
    const takeBack = async (orderId: string): Promise<void> => {
      const order = await engine.call('orders.get', { orderId });
      const shipment = order.shipments.findLast(isUnsent);
      if (shipment) actions.unship(shipment.shipmentId, order.number);
      else notifyError(t('orders.unship.nothing'));
    };
    const one = ids.length === 1 ? ids[0] : (openedId ?? undefined);
    const count = ids.length;
    return [
      {
        id: 'orders.pick',
        label: t('orders.do.pick.count', { count }),
        group,
        shortcut: ORDER_KEYS.pick,
        disabled: none,
        run: () => actions.pick(ids),
      },
      {
        id: 'orders.pack',
        label: t('orders.do.pack.count', { count }),
        group,
        shortcut: ORDER_KEYS.pack,
        disabled: none,
        run: () => actions.pack(ids),
      },
      {
        id: 'orders.ship',
        label: t('orders.do.ship'),
        group,
        shortcut: ORDER_KEYS.ship,
        disabled: one === undefined,
        run: () => {
          if (one !== undefined) actions.ship([one]);
        },
      },
      {
        id: 'orders.unship',
        label: t('orders.unship'),
        group,
        shortcut: ORDER_KEYS.unship,
        disabled: one === undefined,
        run: () => {
          if (one !== undefined) takeBack(one).catch(notifyError);
        },
      },
      {
        id: 'orders.pickList',
        label: t('orders.document.pick-list'),
        group,
        shortcut: ORDER_KEYS.pickList,
        disabled: none,
        run: () => actions.pickList(ids),
      },
      {
        id: 'orders.packingSlip',
        label: t('orders.document.packing-slip'),
        group,
        shortcut: ORDER_KEYS.packingSlip,
        disabled: none,
        run: () => actions.packingSlip(ids),
      },
      {
        id: 'orders.markPicked',
        label: t('orders.do.markPicked'),
        group,
        disabled: none,
        run: () => actions.markPicked(ids),
      },
      {
        id: 'orders.markPacked',
        label: t('orders.do.markPacked'),
        group,
        disabled: none,
        run: () => actions.markPacked(ids),
      },
      {
        id: 'orders.release',
        label: t('orders.release'),
        group,
        disabled: none,
        run: () => actions.mark(ids, { hold: null }),
      },
      {
        id: 'orders.tag',
        label: t('orders.tags'),
        group,
        shortcut: ORDER_KEYS.tag,
        disabled: none,
        run: () => actions.tag(ids),
      },
      { id: 'orders.rules', label: t('orders.rules'), group, run: () => actions.rules(ids) },
      { id: 'orders.returns', label: t('orders.returns'), group, run: actions.returns },
      {
        id: 'orders.shipList',
        label: t('orders.list.title'),
        group,
        shortcut: ORDER_KEYS.shipList,
        run: actions.shipList,
      },
      {
        id: 'orders.labels',
        label: t('waves.labels', { count }),
        group,
        disabled: none,
        run: () => actions.labels(ids),
      },
      {
        id: 'orders.waves',
        label: t('waves.title'),
        group,
        shortcut: ORDER_KEYS.waves,
        run: actions.waves,
      },
      {
        id: 'orders.search',
        label: t('orders.search'),
        group,
        shortcut: ORDER_KEYS.search,
        run: () => search.current(),
      },
    ];
  }, [t, engine, actions, ids, openedId, paused]);
  useOffer('orders', offers);
}
