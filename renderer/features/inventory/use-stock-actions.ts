import { useMemo } from 'react';
import { useOffer, type Action } from '../../lib/actions.ts';
import { useText } from '../../lib/text.ts';
import type { PanelName } from './StockPanels.tsx';

export interface StockActions {
  readonly show: (panel: PanelName) => void;
  readonly openLedger: () => void;
  readonly openItem: () => void;
  readonly focusSearch: () => void;
}

/** What can be done on the stock sheet, for the palette and the keyboard sheet. */
export function useStockActions({ show, openLedger, openItem, focusSearch }: StockActions): void {
  const t = useText();
  const actions = useMemo<Action[]>(() => {
    const group = t('inventory.title');
    const panel = (name: PanelName): Action => ({
      id: `inventory.${name}`,
      label: t(`inventory.action.${name}`),
      group,
      run: () => show(name),
    });
    return [
      panel('receive'),
      panel('move'),
      panel('count'),
      panel('allocate'),
      panel('opening'),
      panel('expiry'),
      panel('places'),
      { id: 'inventory.item', label: t('inventory.action.item'), group, run: openItem },
      {
        id: 'inventory.ledger',
        label: t('inventory.action.ledger'),
        group,
        // The grid listens to the key itself.
        shortcut: 'alt+Enter',
        bind: false,
        run: openLedger,
      },
      { id: 'inventory.search', label: t('inventory.search'), group, shortcut: '/', run: focusSearch },
    ];
  }, [t, show, openLedger, openItem, focusSearch]);
  useOffer('inventory', actions);
}
