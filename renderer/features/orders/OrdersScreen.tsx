import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useEngineQuery } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useScreenState } from '../../lib/screen-state.ts';
import { useStatusLine } from '../../lib/status-line.ts';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { OrderPanel, PANEL_WIDTH } from './detail/OrderPanel.tsx';
import styles from './orders.module.css';
import { OrderOverlay } from './OrderOverlay.tsx';
import { MarkFilter } from './queue/MarkFilter.tsx';
import { MoreMenu } from './queue/MoreMenu.tsx';
import { OrderList } from './queue/OrderList.tsx';
import { markQuery, tabOf, tabQuery, type QueryParams, type QueueTab } from './queue/queue-tabs.ts';
import { QueueEmpty } from './queue/QueueEmpty.tsx';
import { QueueTabs } from './queue/QueueTabs.tsx';
import { targets } from './queue/selection.ts';
import { useOrderWindow } from './queue/use-order-window.ts';
import { useSelection } from './queue/use-selection.ts';
import { useOrderActions, type Overlay } from './use-order-actions.ts';
import { useOrderOffers } from './use-order-offers.ts';

interface View {
  readonly tab: QueueTab;
  readonly accountId: string;
  /** '' = all, '!' = those that come before others, else a tag after '#'. */
  readonly mark: string;
  /** The station that was open, so that a restart goes on where the shift stopped. */
  readonly station: { readonly step: 'pick' | 'pack'; readonly orderIds: readonly string[] } | null;
}
const FIRST_VIEW: View = { tab: 'todo', accountId: '', mark: '', station: null };

/** The queue, one order beside it, and the warehouse stations over it. */
export function OrdersScreen() {
  const t = useText();
  const params = useNavigation((state) => state.params);
  const say = useStatusLine((state) => state.say);
  const [view, setView] = useScreenState('orders.view', FIRST_VIEW);
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), 80);
  const [range, setRange] = useState({ first: 0, last: 40 });
  const [opened, setOpened] = useState<string | null>(params['orderId'] ?? null);
  const [overlay, setOverlay] = useState<Exclude<Overlay, { kind: 'station' }> | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const accounts = useEngineQuery('channels.list', {}).data?.accounts ?? [];

  // Another screen may ask for a tab or an order, each time anew.
  const [asked, setAsked] = useState(params);
  const wanted = tabOf(params['queue']);
  if (asked !== params) {
    setAsked(params);
    if (params['orderId'] !== undefined) setOpened(params['orderId']);
  }
  useEffect(() => {
    if (wanted) setView({ tab: wanted });
  }, [wanted, setView]);

  const query = useMemo<QueryParams>(
    () => ({
      ...tabQuery(view.tab),
      ...(view.accountId === '' ? {} : { accountId: view.accountId }),
      ...markQuery(view.mark),
      ...(search === '' ? {} : { text: search }),
    }),
    [view.tab, view.accountId, view.mark, search],
  );
  const orders = useOrderWindow(query, range.first, range.last, view.station === null);
  const selection = useSelection(query, orders.rowAt);
  const open = useCallback(
    (next: Overlay) => {
      if (next.kind === 'station') setView({ station: { step: next.step, orderIds: next.orderIds } });
      else setOverlay(next);
    },
    [setView],
  );
  const actions = useOrderActions(open);
  const { current } = selection;
  const ids = useMemo(() => targets(current), [current]);
  useOrderOffers({
    actions,
    ids,
    openedId: opened,
    paused: overlay !== null || view.station !== null,
    focusSearch: () => searchBox.current?.select(),
  });

  const total = orders.answer?.total ?? 0;
  const chosen = current.chosen.size;
  useEffect(() => {
    say(chosen > 0 ? t('orders.chosen', { count: chosen }) : t('orders.shown', { count: total }));
    return () => say('');
  }, [say, t, chosen, total]);
  const onWindow = useCallback(
    (first: number, last: number) =>
      setRange((before) => (before.first === first && before.last === last ? before : { first, last })),
    [],
  );
  const closePanel = useCallback(() => setOpened(null), []);

  return (
    <ScreenFrame
      title={t('orders.title')}
      search={
        <TextInput
          ref={searchBox}
          className={styles['search'] ?? ''}
          aria-label={t('orders.search')}
          placeholder={t('orders.search')}
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || text === '') return;
            event.preventDefault();
            setText('');
          }}
        />
      }
      actions={
        <>
          {accounts.length > 1 && (
            <Select
              className={styles['channel'] ?? ''}
              aria-label={t('orders.channel')}
              value={view.accountId}
              onChange={(accountId) => setView({ accountId: accountId ?? '' })}
              data={[
                { value: '', label: t('orders.channel.all') },
                ...accounts.map((account) => ({ value: account.accountId, label: account.name })),
              ]}
            />
          )}
          <MarkFilter value={view.mark} onChange={(mark) => setView({ mark })} />
          <MoreMenu ids={ids} actions={actions} />
          <Button variant="default" disabled={ids.length === 0} onClick={() => actions.pack(ids)}>
            {t('orders.do.pack.count', { count: ids.length })}
          </Button>
          <Button disabled={ids.length === 0} onClick={() => actions.pick(ids)}>
            {t('orders.do.pick.count', { count: ids.length })}
          </Button>
        </>
      }
    >
      {/* Nothing behind a station moves: what a scan costs is spent on the scan. */}
      {view.station === null && (
        <>
          <div
            className={styles['queue']}
            style={{ paddingRight: opened === null ? 0 : PANEL_WIDTH }}
            aria-busy={orders.old}
          >
            <QueueTabs tab={view.tab} answer={orders.answer} onChange={(tab) => setView({ tab })} />
            {orders.answer?.capped === true && (
              <p className={styles['capped']}>{t('orders.capped', { count: total })}</p>
            )}
            {orders.error && !orders.answer ? (
              <ErrorNotice error={orders.error} onRetry={orders.retry} />
            ) : !orders.answer ? (
              <Loading />
            ) : total === 0 && !orders.old ? (
              <QueueEmpty search={search} tab={view.tab} any={Object.keys(orders.answer.counts).length > 0} />
            ) : (
              <OrderList
                label={t('orders.title')}
                total={total}
                rowAt={orders.rowAt}
                selection={current}
                onWindow={onWindow}
                onMove={(index) => {
                  selection.move(index);
                  // A panel that is open follows the hand.
                  if (opened !== null) setOpened(orders.rowAt(index)?.orderId ?? opened);
                }}
                onToggle={selection.toggle}
                onRange={selection.range}
                onAll={() => selection.all(total)}
                onClear={selection.clear}
                onOpen={(index) => setOpened(orders.rowAt(index)?.orderId ?? null)}
              />
            )}
          </div>
          {opened !== null && (
            <OrderPanel key={opened} orderId={opened} actions={actions} onClose={closePanel} />
          )}
        </>
      )}
      <OrderOverlay
        overlay={view.station ? { kind: 'station', ...view.station } : overlay}
        onOpen={open}
        onClose={() => {
          if (view.station) setView({ station: null });
          else setOverlay(null);
        }}
      />
    </ScreenFrame>
  );
}
