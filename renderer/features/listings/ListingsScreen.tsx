import { Button } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { useBenchState } from './bench-state.ts';
import type { ListingAccount } from './listing-account.ts';
import { ListingsBench } from './ListingsBench.tsx';
import { MatrixBench } from './matrix/MatrixBench.tsx';

/** Every listing of every channel as one spreadsheet. */
export function ListingsScreen() {
  const t = useText();
  const go = useNavigation((navigation) => navigation.go);
  const accounts = useEngineQuery('channels.list', {});
  const info = useEngineQuery('workspace.info', {});
  const list = accounts.data?.accounts;
  // Counts of the accounts change with every edit; the spreadsheet cares for who and where only.
  const known = JSON.stringify(
    list?.map(({ accountId, name, platform, currency }) => ({ accountId, name, platform, currency })),
  );
  const stable = useMemo(() => (known === undefined ? [] : (JSON.parse(known) as ListingAccount[])), [known]);
  const error = accounts.error ?? info.error;
  if (!list || !info.data) {
    return (
      <ScreenFrame title={t('listings.title')}>
        {error ? <ErrorNotice error={error} onRetry={() => void info.refetch()} /> : <Loading />}
      </ScreenFrame>
    );
  }
  if (info.data.listings === 0) {
    const connected = list.length > 0;
    return (
      <ScreenFrame title={t('listings.title')}>
        <EmptyState
          icon={IconListDetails}
          title={t(connected ? 'listings.empty.read.title' : 'listings.empty.title')}
          text={t(connected ? 'listings.empty.read.text' : 'listings.empty.text')}
          action={
            <>
              <Button onClick={() => go('channels')}>
                {t(connected ? 'listings.empty.channels' : 'listings.empty.connect')}
              </Button>
              <Button variant="default" onClick={() => go('import')}>
                {t('listings.empty.import')}
              </Button>
            </>
          }
        />
      </ScreenFrame>
    );
  }
  return <Bench accounts={stable} />;
}

/** The bench of the layout at hand; what it looks like is shared by all of them. */
function Bench({ accounts }: { readonly accounts: readonly ListingAccount[] }) {
  const bench = useBenchState();
  return bench.state.layout === 'matrix' ? (
    <MatrixBench accounts={accounts} bench={bench} />
  ) : (
    <ListingsBench accounts={accounts} bench={bench} />
  );
}
