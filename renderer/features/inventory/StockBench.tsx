import { Button, TextInput } from '@mantine/core';
import { IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { EngineEvent } from '#shared/contract/envelope.ts';
import { SheetGrid } from '../../grid/SheetGrid.tsx';
import type {
  GridOutcome,
  GridRow,
  GridSelection,
  GridSort,
  GridUndo,
  SheetGridHandle,
} from '../../grid/contract.ts';
import { useEngine, useEngineEvents, useEngineQuery } from '../../lib/engine.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { ItemPanel } from './ItemPanel.tsx';
import { LedgerPanel } from './LedgerPanel.tsx';
import { LedgerProof } from './LedgerProof.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import { StockPanels, type PanelName } from './StockPanels.tsx';
import styles from './inventory.module.css';
import { stockColumns, type Channel, type Location } from './stock-columns.ts';
import { isFigure, locationOfKey, placeKey } from './stock-source.ts';
import { stockWrites, type GivenReason } from './stock-writes.ts';
import { useStockActions } from './use-stock-actions.ts';
import { useStockView, type StockFilter, type StockQuery } from './use-stock-view.ts';

const FILTERS: readonly StockFilter[] = ['low', 'out', 'negative', 'over', 'dead'];
const SEARCH_AFTER_MS = 180;
const PLAIN: StockQuery = { text: '', filter: null, sort: undefined };

interface Asked {
  readonly cells: number;
  readonly answer: (given: GivenReason | null) => void;
}

interface LedgerOf {
  readonly itemId: string;
  readonly sku: string;
  readonly locationId: string | undefined;
}

export interface StockBenchProps {
  readonly locations: readonly Location[];
  readonly items: number;
  readonly tabs?: ReactNode;
}

/** The spreadsheet of stock with its actions and panels. */
export function StockBench({ locations, items, tabs }: StockBenchProps) {
  const t = useText();
  const { locale } = useIntl();
  const engine = useEngine();
  const grid = useRef<SheetGridHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState(PLAIN);
  const [selection, setSelection] = useState<GridSelection | null>(null);
  const wanted = useNavigation((navigation) => navigation.params['panel']);
  const [panel, setPanel] = useState<PanelName | null>(wanted === 'expiry' ? 'expiry' : null);
  const [ledger, setLedger] = useState<LedgerOf | null>(null);
  const [item, setItem] = useState<{ readonly itemId: string; readonly sku: string } | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const { source, error, reopen } = useStockView(query);
  const [withChannels, setWithChannels] = useState(false);
  const accounts = useEngineQuery('channels.list', {}).data?.accounts;
  const channels = JSON.stringify(
    withChannels ? (accounts ?? []).map(({ accountId, name }) => ({ accountId, name })) : [],
  );
  const columns = useMemo(
    () => stockColumns(t, locations, JSON.parse(channels) as Channel[]),
    [t, locations, channels],
  );
  const writes = useMemo(
    () =>
      source &&
      stockWrites(
        engine,
        source,
        (cells) => new Promise((answer) => setAsked({ cells, answer })),
        (cells) => t('inventory.label.adjust', { count: cells }),
      ),
    [engine, source, t],
  );
  useStockEvents(grid);
  // Items that came since are rows that the frozen list does not have.
  const plain = query.text === '' && query.filter === null;
  const missing = plain && source ? items - source.count : 0;
  useEffect(() => {
    if (missing > 0) reopen();
  }, [missing, reopen]);

  const active = selection?.active ?? null;
  const activeItem = active?.row ?? null;
  const sku = skuOf(activeItem);
  const show = useCallback((name: PanelName | null) => {
    setLedger(null);
    setItem(null);
    setPanel(name);
  }, []);
  const close = useCallback(() => {
    show(null);
    grid.current?.focus();
  }, [show]);
  const showLedger = useCallback((cell: GridSelection['active']) => {
    if (!cell?.row) return;
    setPanel(null);
    setItem(null);
    setLedger({
      itemId: cell.row.id,
      sku: skuOf(cell.row),
      locationId: locationOfKey(cell.key) ?? undefined,
    });
  }, []);
  const openLedger = useCallback(() => showLedger(active), [showLedger, active]);
  const openItem = useCallback(() => {
    if (!activeItem) return;
    setPanel(null);
    setLedger(null);
    setItem({ itemId: activeItem.id, sku: skuOf(activeItem) });
  }, [activeItem]);
  const focusSearch = useCallback(() => search.current?.focus(), []);
  useStockActions({ show, openLedger, openItem, focusSearch });

  const onUndo = useCallback(
    (undo: GridUndo | null, direction: 'undo' | 'redo') =>
      notifyDone(
        undo
          ? t(direction === 'undo' ? 'shell.undone' : 'shell.redone', { what: undo.label })
          : t(`shell.${direction}.nothing`),
      ),
    [t],
  );
  const onOutcome = useCallback((outcome: GridOutcome) => {
    // What was refused, and what a person thought better of, shows its old value again.
    if (outcome.applied === 0 || outcome.rejectedTotal > 0) grid.current?.invalidate();
    const [first] = outcome.rejected;
    if (first) notifyDone(first.message);
  }, []);
  const answer = (given: GivenReason | null): void => {
    asked?.answer(given);
    setAsked(null);
    grid.current?.focus();
  };

  return (
    <ScreenFrame
      title={t('inventory.title')}
      subtitle={source ? t('inventory.items', { count: source.count }) : undefined}
      tabs={tabs}
      search={
        <StockSearch
          input={search}
          label={t('inventory.search')}
          onApply={(text) => setQuery((last) => ({ ...last, text }))}
          onLeave={() => grid.current?.focus()}
        />
      }
      actions={
        <>
          <Button variant="default" onClick={() => show('receive')}>
            {t('inventory.receive')}
          </Button>
          <Button variant="default" onClick={() => show('move')}>
            {t('inventory.move')}
          </Button>
          <Button variant="default" onClick={() => show('count')}>
            {t('inventory.count')}
          </Button>
          <Button onClick={() => show('allocate')}>{t('inventory.allocate')}</Button>
        </>
      }
    >
      <div className={styles['content']}>
        <div className={styles['bar']} role="toolbar" aria-label={t('inventory.filters')}>
          {FILTERS.map((name) => (
            <button
              key={name}
              type="button"
              className={styles['chip']}
              aria-pressed={query.filter === name}
              title={t(`inventory.filter.${name}.meaning`)}
              onClick={() => setQuery((last) => ({ ...last, filter: last.filter === name ? null : name }))}
            >
              {t(`inventory.filter.${name}`)}
            </button>
          ))}
          <button
            type="button"
            className={styles['chip']}
            aria-pressed={withChannels}
            title={t('planning.grid.channels.meaning')}
            onClick={() => setWithChannels((on) => !on)}
          >
            {t('planning.grid.channels')}
          </button>
          <Button variant="subtle" size="compact-xs" disabled={!activeItem} onClick={openLedger}>
            {t('inventory.ledger.open')}
          </Button>
          <Button variant="subtle" size="compact-xs" disabled={!activeItem} onClick={openItem}>
            {t('inventory.item.open')}
          </Button>
          {(['expiry', 'places', 'opening'] as const).map((name) => (
            <Button key={name} variant="subtle" size="compact-xs" onClick={() => show(name)}>
              {t(`inventory.open.${name}`)}
            </Button>
          ))}
          <LedgerProof />
        </div>
        <div className={styles['grid']}>
          {error !== null && !source && <ErrorNotice error={error} onRetry={reopen} />}
          {error === null && !source && <Loading />}
          {source && writes && (
            <SheetGrid
              ref={grid}
              source={source}
              columns={columns}
              writes={writes}
              locale={locale}
              label={t('inventory.title')}
              sort={query.sort ? [query.sort] : []}
              empty={
                <EmptyState
                  icon={IconSearchOff}
                  title={t('inventory.none.title')}
                  text={t('inventory.none.text')}
                  action={<Button onClick={() => setQuery(PLAIN)}>{t('inventory.none.clear')}</Button>}
                />
              }
              onSelectionChange={setSelection}
              onSortChange={(sort) => setQuery((last) => ({ ...last, sort: toSort(sort) }))}
              onActivate={showLedger}
              onOutcome={(_operation, outcome) => onOutcome(outcome)}
              onUndo={onUndo}
              onError={notifyError}
            />
          )}
        </div>
      </div>
      {ledger && (
        <LedgerPanel
          key={`${ledger.itemId} ${ledger.locationId ?? ''}`}
          {...ledger}
          place={columns.find(({ key }) => key === placeKey(ledger.locationId ?? ''))?.header ?? null}
          onClose={() => {
            setLedger(null);
            grid.current?.focus();
          }}
        />
      )}
      {item && (
        <ItemPanel
          key={item.itemId}
          {...item}
          locations={locations}
          onClose={() => {
            setItem(null);
            grid.current?.focus();
          }}
        />
      )}
      {panel && (
        <StockPanels
          key={panel}
          name={panel}
          locations={locations}
          sku={sku}
          onDone={reopen}
          onClose={close}
        />
      )}
      {asked && <ReasonDialog cells={asked.cells} onGive={answer} />}
    </ScreenFrame>
  );
}

function skuOf(row: GridRow | null): string {
  const sku = row?.values['sku'];
  return typeof sku === 'string' ? sku : '';
}

/** The engine sorts by what is a figure of the whole item; a location's column stays as it is. */
function toSort(sort: readonly GridSort[]): StockQuery['sort'] {
  const [first] = sort;
  if (!first) return undefined;
  const { key, direction } = first;
  return key === 'sku' || key === 'title' || isFigure(key) ? { key, direction } : undefined;
}

interface StockSearchProps {
  readonly input: React.RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly onApply: (text: string) => void;
  readonly onLeave: () => void;
}

function StockSearch({ input, label, onApply, onLeave }: StockSearchProps) {
  const [text, setText] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const apply = (next: string, afterMs: number): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onApply(next.trim()), afterMs);
  };
  return (
    <TextInput
      ref={input}
      className={styles['search'] ?? ''}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={(event) => apply(event.currentTarget.value, SEARCH_AFTER_MS)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        apply(event.key === 'Escape' ? '' : text, 0);
        onLeave();
      }}
    />
  );
}

/** Rows whose stock changed are read again where they stand. */
function useStockEvents(grid: { readonly current: SheetGridHandle | null }): void {
  useEngineEvents(
    useCallback(
      ({ event, rids }: EngineEvent) => {
        if (event === 'inventory' && rids) grid.current?.refreshRows(rids);
        else if (event === 'inventory' || event === 'orders' || event === 'engine')
          grid.current?.invalidate();
      },
      [grid],
    ),
  );
}
