import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { StockGap } from '#shared/contract/channel-stock.ts';
import { useEngineCommand, useEngineQuery } from '../../../lib/engine.tsx';
import { useNavigation } from '../../../lib/navigation.ts';
import { useText } from '../../../lib/text.ts';
import { Age } from '../../../ui/Age.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import { PlatformMark } from '../../../ui/PlatformMark.tsx';
import { ScreenFrame } from '../../../ui/ScreenFrame.tsx';
import { VirtualTable } from '../../../ui/VirtualTable.tsx';
import { InventoryTabs, type InventoryTabsProps } from './InventoryTabs.tsx';
import { SalesRules } from './SalesRules.tsx';
import styles from './planning.module.css';

const COLUMNS = ['sku', 'title', 'account', 'shown', 'ledger', 'difference', 'since', 'read', 'act'] as const;
const WIDTHS = [158, 'auto', 112, 60, 64, 86, 92, 92, 108] as const;
const RIGHT: ReadonlySet<string> = new Set(['shown', 'ledger', 'difference']);
/** SKUs that one count is started with. */
const MAX_COUNTED = 200;

/** Where a channel shows something else than the ledger gives, and what to do about it. */
export function GapsView({ onView }: Pick<InventoryTabsProps, 'onView'>) {
  const t = useText();
  const { data, error, refetch } = useEngineQuery('channelStock.gaps', {});
  const go = useNavigation((navigation) => navigation.go);
  const allocate = useEngineCommand('inventory.allocate');
  const count = useStartCount(() => onView('counting'));
  const gaps = data?.gaps ?? [];
  return (
    <ScreenFrame
      title={t('inventory.title')}
      subtitle={data ? t('planning.gaps.count', { count: data.total }) : undefined}
      tabs={<InventoryTabs value="gaps" onView={onView} />}
      actions={
        <>
          <Button
            variant="default"
            disabled={gaps.length === 0}
            loading={count.working}
            onClick={() => count.start(gaps)}
          >
            {t('planning.gaps.countThese', {
              count: Math.min(MAX_COUNTED, new Set(gaps.map(({ sku }) => sku)).size),
            })}
          </Button>
          <Button
            disabled={gaps.length === 0}
            loading={allocate.isPending}
            onClick={() =>
              allocate.mutate(
                {},
                {
                  onSuccess: ({ applied, rejectedTotal }) => {
                    notifyDone(t('inventory.allocate.done', { count: applied, rejected: rejectedTotal }));
                    go('publish');
                  },
                  onError: notifyError,
                },
              )
            }
          >
            {t('planning.gaps.write')}
          </Button>
        </>
      }
    >
      <div className={styles['columns']}>
        <div className={styles['fill']}>
          {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
          {!data && !error && <Loading />}
          {data && gaps.length === 0 && (
            <EmptyState
              icon={IconCircleCheck}
              title={t('planning.empty.gaps')}
              text={t('planning.empty.gaps.text')}
            />
          )}
          {data && gaps.length > 0 && (
            <>
              <div className={styles['bar']}>
                <p>{t('planning.gaps.units', { above: data.above, below: data.below })}</p>
              </div>
              <GapTable gaps={gaps} onCount={(gap) => count.start([gap])} />
            </>
          )}
        </div>
        <SalesRules />
      </div>
    </ScreenFrame>
  );
}

function GapTable({
  gaps,
  onCount,
}: {
  readonly gaps: readonly StockGap[];
  readonly onCount: (gap: StockGap) => void;
}) {
  const t = useText();
  const intl = useIntl();
  const accounts = useEngineQuery('channels.list', {}).data?.accounts ?? [];
  const platforms = new Map(accounts.map(({ accountId, platform }) => [accountId, platform]));
  return (
    <VirtualTable
      count={gaps.length}
      label={t('planning.view.gaps')}
      widths={WIDTHS}
      head={COLUMNS.map((name) => (
        <th key={name} scope="col" className={RIGHT.has(name) ? styles['number'] : undefined}>
          {t(`planning.gap.${name}`)}
        </th>
      ))}
      renderRow={(index) => {
        const gap = gaps[index];
        if (!gap) return null;
        const difference = gap.channel - gap.ledger;
        return (
          <>
            <td className={styles['code']}>{gap.sku}</td>
            <td className={styles['cut']} title={gap.title}>
              {gap.title}
            </td>
            <td>
              <PlatformMark platform={platforms.get(gap.accountId) ?? 'local'} name={gap.account} />
            </td>
            <td className={styles['number']}>{intl.formatNumber(gap.channel)}</td>
            <td className={styles['number']}>{intl.formatNumber(gap.ledger)}</td>
            <td
              className={`${styles['number'] ?? ''} ${difference > 0 ? (styles['warn'] ?? '') : ''}`}
              title={t(difference > 0 ? 'planning.gap.above' : 'planning.gap.below')}
            >
              {intl.formatNumber(difference, { signDisplay: 'always' })}
            </td>
            <td>
              <Age at={gap.since} reason={t('planning.gap.new')} />
            </td>
            <td>
              <Age at={gap.readAt} />
            </td>
            <td>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={t('planning.gap.countThis', { sku: gap.sku })}
                onClick={() => onCount(gap)}
              >
                {t('planning.gap.countIt')}
              </Button>
            </td>
          </>
        );
      }}
    />
  );
}

/** Starts a blind count of what differs, at the place that orders ship from. */
function useStartCount(onStarted: () => void): {
  readonly working: boolean;
  readonly start: (gaps: readonly StockGap[]) => void;
} {
  const t = useText();
  const intl = useIntl();
  const places = useEngineQuery('inventory.locations', {}).data?.locations ?? [];
  const begin = useEngineCommand('inventory.startCount');
  const [working, setWorking] = useState(false);
  return {
    working,
    start: (gaps) => {
      const locationId = places.find(({ main }) => main)?.locationId;
      if (locationId === undefined) return;
      setWorking(true);
      begin.mutate(
        {
          name: t('planning.gaps.countName', { date: intl.formatDate(new Date()) }),
          locationId,
          blind: true,
          codes: [...new Set(gaps.map(({ sku }) => sku))].slice(0, MAX_COUNTED),
        },
        {
          onSuccess: onStarted,
          onError: notifyError,
          onSettled: () => setWorking(false),
        },
      );
    },
  };
}
