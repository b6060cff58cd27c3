import { useMemo, useState } from 'react';
import { useOffer, type Action } from '../../lib/actions.ts';
import { useNavigation, type ScreenParams } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { OrderBench } from './OrderBench.tsx';
import { OrderList } from './OrderList.tsx';
import { SupplierList } from './SupplierList.tsx';

export type View =
  | { readonly kind: 'orders'; readonly adding?: boolean }
  | { readonly kind: 'order'; readonly orderId: string }
  | { readonly kind: 'suppliers'; readonly supplierId?: string | null };

const viewOf = ({ orderId, supplierId }: ScreenParams): View => {
  if (orderId) return { kind: 'order', orderId };
  return supplierId ? { kind: 'suppliers', supplierId } : { kind: 'orders' };
};

/** Purchase orders and the suppliers behind them. */
export function PurchasingScreen() {
  const t = useText();
  const place = useNavigation();
  const [came, setCame] = useState(place);
  const [view, setView] = useState<View>(() => viewOf(place.params));
  // Going to the screen while it is open, by the rail or a link, shows what was gone to.
  if (came !== place) {
    setCame(place);
    setView(viewOf(place.params));
  }
  const actions = useMemo<Action[]>(() => {
    const action = (name: string, next: View): Action => ({
      id: `purchasing.${name}`,
      label: t(`purchasing.action.${name}`),
      group: t('purchasing.title'),
      run: () => setView(next),
    });
    return [
      { ...action('newOrder', { kind: 'orders', adding: true }), shortcut: 'alt+N' },
      action('newSupplier', { kind: 'suppliers', supplierId: null }),
      action('orders', { kind: 'orders' }),
      action('suppliers', { kind: 'suppliers' }),
    ];
  }, [t]);
  useOffer('purchasing', actions);
  switch (view.kind) {
    case 'order':
      return <OrderBench key={view.orderId} orderId={view.orderId} onView={setView} />;
    case 'suppliers':
      return <SupplierList key="suppliers" shown={view.supplierId} onView={setView} />;
    case 'orders':
      return <OrderList key="orders" adding={view.adding ?? false} onView={setView} />;
  }
}
