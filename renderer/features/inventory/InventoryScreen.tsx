import { Button } from '@mantine/core';
import { IconBuildingWarehouse } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { OpeningStock } from './OpeningStock.tsx';
import { CountingView } from './planning/CountingView.tsx';
import { GapsView } from './planning/GapsView.tsx';
import { INVENTORY_VIEWS, InventoryTabs, type InventoryView } from './planning/InventoryTabs.tsx';
import { ReorderView } from './planning/ReorderView.tsx';
import { StockBench } from './StockBench.tsx';

/** Stock by SKU and location, as the ledger has it. */
export function InventoryScreen() {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const asked = useNavigation((navigation) => navigation.params['panel']);
  const [view, setView] = useState<InventoryView>(
    () => INVENTORY_VIEWS.find((one) => one === asked) ?? 'stock',
  );
  const places = useEngineQuery('inventory.locations', {});
  const info = useEngineQuery('workspace.info', {});
  // Only whether there is anything; the sheet reads its own lists.
  const found = useEngineQuery('inventory.open', {});
  const known = JSON.stringify(places.data?.locations ?? null);
  const locations = useMemo(
    () => JSON.parse(known) as NonNullable<typeof places.data>['locations'] | null,
    [known],
  );
  const error = places.error ?? info.error ?? found.error;
  if (!locations || !info.data || !found.data) {
    return (
      <ScreenFrame title={t('inventory.title')}>
        {error ? <ErrorNotice error={error} onRetry={() => void found.refetch()} /> : <Loading />}
      </ScreenFrame>
    );
  }
  if (found.data.items === 0) {
    const listings = info.data.listings > 0;
    return (
      <ScreenFrame title={t('inventory.title')}>
        <EmptyState
          icon={IconBuildingWarehouse}
          title={t('inventory.empty.title')}
          text={t(listings ? 'inventory.empty.text' : 'inventory.empty.noListings')}
          action={
            listings ? (
              <OpeningStock onTaken={() => undefined} />
            ) : (
              <Button onClick={() => go('channels')}>{t('inventory.empty.channels')}</Button>
            )
          }
        />
      </ScreenFrame>
    );
  }
  switch (view) {
    case 'reorder':
      return <ReorderView onView={setView} />;
    case 'counting':
      return <CountingView onView={setView} />;
    case 'gaps':
      return <GapsView onView={setView} />;
    case 'stock':
      return (
        <StockBench
          locations={locations}
          items={found.data.items}
          tabs={<InventoryTabs value="stock" onView={setView} />}
        />
      );
  }
}
