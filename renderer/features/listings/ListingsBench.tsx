import { ActionIcon, Button } from '@mantine/core';
import { IconDownload, IconSearchOff } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { SheetGrid } from '../../grid/SheetGrid.tsx';
import type {
  GridActiveCell,
  GridOutcome,
  GridSelection,
  GridShortcut,
  GridStats,
  GridUndo,
  SheetGridHandle,
} from '../../grid/contract.ts';
import { commandLabel } from '../../lib/command-label.ts';
import { useEngine } from '../../lib/engine.tsx';
import { useFieldTexts } from '../../lib/field-texts.ts';
import { useStatusLine } from '../../lib/status-line.ts';
import { useText } from '../../lib/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../ui/notify.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { PLAIN, type Bench, type Layout } from './bench-state.ts';
import { bulkTarget, type BulkOp } from './bulk-edits.ts';
import { BulkPanel } from './BulkPanel.tsx';
import { BulkTools } from './BulkTools.tsx';
import { ColumnMenu } from './ColumnMenu.tsx';
import { defaultState } from './default-columns.ts';
import { ConditionsPanel } from './ConditionsPanel.tsx';
import { EditBar } from './EditBar.tsx';
import { FilterBar } from './FilterBar.tsx';
import { engineWrites, toOutcome, toUndo } from './grid-writes.ts';
import type { ListingAccount } from './listing-account.ts';
import { groupOf, listingColumns } from './listing-columns.ts';
import { LayoutSwitch } from './LayoutSwitch.tsx';
import { ListingPanel } from './ListingPanel.tsx';
import styles from './listings.module.css';
import { driftCount } from './order-drift.ts';
import { RejectionStrip } from './RejectionStrip.tsx';
import { packColumns, unpackColumns, type SavedView } from './saved-views.ts';
import { SearchField } from './SearchField.tsx';
import { selectionText, sharedCurrency } from './selection-text.ts';
import { useExport } from './use-export.ts';
import { useLayoutActions } from './use-layout-actions.ts';
import { useListingActions } from './use-listing-actions.ts';
import { useListingView } from './use-listing-view.ts';
import { useOpening } from './use-opening.ts';
import { useReverts } from './use-reverts.ts';
import { useRowEvents } from './use-row-events.ts';
import { useWriteLabels } from './use-write-labels.ts';
import { ViewMenu } from './ViewMenu.tsx';

type Panel =
  | { readonly kind: 'bulk'; readonly op: BulkOp }
  | { readonly kind: 'conditions' }
  | { readonly kind: 'listing'; readonly listingId: string };

/** The spreadsheet of listings with everything around it. */
export function ListingsBench({
  accounts,
  bench,
}: {
  readonly accounts: readonly ListingAccount[];
  readonly bench: Bench;
}) {
  const t = useText();
  const { locale } = useIntl();
  const engine = useEngine();
  const fields = useFieldTexts();
  const { state, put, query, density } = bench;
  const words = useMemo(() => ({ t, fields }), [t, fields]);
  const grid = useRef<SheetGridHandle>(null);
  const [selection, setSelection] = useState<GridSelection | null>(null);
  const [stats, setStats] = useState<GridStats | null>(null);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [refused, setRefused] = useState<GridOutcome | null>(null);
  const say = useStatusLine((line) => line.say);

  const accountName = useCallback(
    (id: string) => accounts.find(({ accountId }) => accountId === id)?.name ?? '',
    [accounts],
  );
  const currency = useMemo(() => sharedCurrency(accounts), [accounts]);
  const view = useListingView(query, accountName, words);
  const { source, recover, toggle } = view;
  const viewId = source?.viewId ?? '';
  const labels = useWriteLabels(fields);
  const writes = useMemo(() => engineWrites(engine, viewId, labels), [engine, viewId, labels]);
  const columns = useMemo(() => listingColumns(words), [words]);
  // What the person drags is told to us, not given back: only opening a view sets columns.
  const [columnState, setColumnState] = useState(() =>
    state.columns.length === 0 ? undefined : unpackColumns(state.columns),
  );
  const hidden = useMemo(
    () =>
      new Set(
        state.columns.length === 0
          ? columns.filter((column) => column.hidden).map(({ key }) => key)
          : state.columns.filter(([, , isHidden]) => isHidden).map(([key]) => key),
      ),
    [columns, state.columns],
  );

  useEffect(() => {
    say(selectionText(selection, stats, locale, t, currency));
  }, [say, selection, stats, locale, t, currency]);
  useEffect(() => () => say(''), [say]);

  useRowEvents(grid);
  const searchInput = useRef<HTMLInputElement>(null);
  const focusSearch = useCallback(() => {
    searchInput.current?.focus();
    searchInput.current?.select();
  }, []);
  const active = selection?.active ?? null;
  const target = useMemo(() => bulkTarget(selection?.ranges ?? []), [selection]);
  const { revert, reverting } = useReverts(target, viewId);
  const { exportView, exporting } = useExport(viewId);
  const focusGrid = useCallback(() => grid.current?.focus(), []);
  const closePanel = useCallback(() => {
    setPanel(null);
    focusGrid();
  }, [focusGrid]);
  const showListing = useCallback((listingId: string) => setPanel({ kind: 'listing', listingId }), []);
  const openBulk = useCallback((op: BulkOp) => setPanel({ kind: 'bulk', op }), []);
  const openConditions = useCallback(() => setPanel({ kind: 'conditions' }), []);
  useOpening({ put, showListing });

  const onError = useCallback(
    (error: unknown) => {
      if (!recover(error)) notifyError(error);
    },
    [recover],
  );
  const onUndo = useCallback(
    (undo: GridUndo | null, direction: 'undo' | 'redo') => {
      setRefused(null);
      if (!undo) return notifyDone(t(`listings.${direction}.nothing`));
      notifyDone(
        t(direction === 'undo' ? 'listings.undone' : 'listings.redone', {
          what: commandLabel(undo.label, t),
          cells: undo.applied,
          left: undo.changedSince,
        }),
      );
    },
    [t],
  );
  const onShortcut = useCallback(
    (shortcut: GridShortcut) => {
      if (shortcut === 'replace') openBulk('replace');
      else if (shortcut === 'bulkEdit') openBulk('expression');
      else if (shortcut === 'filter') openConditions();
    },
    [openBulk, openConditions],
  );
  const jump = useCallback(
    (listingId: string, key: string) => {
      const go = async (): Promise<void> => {
        const { row } = await engine.call('listings.get', { listingId });
        if (!grid.current?.goToRid(row.rid, key)) notifyDone(t('listings.notInView'));
      };
      go().catch(notifyError);
    },
    [engine, t],
  );
  const onActivate = useCallback(
    (cell: GridActiveCell) => {
      if (cell.row?.group) toggle([cell.rid], !cell.row.group.open);
      else if (cell.row) showListing(cell.row.id);
    },
    [showListing, toggle],
  );
  const clear = useCallback(() => {
    put({ text: '', filter: {}, view: null });
  }, [put]);
  const undoCommand = useCallback(
    (commandId: string | null) => {
      if (commandId === null) return;
      engine
        .call('history.undo', { commandId })
        .then((outcome) => onUndo(toUndo(outcome), 'undo'), notifyError);
    },
    [engine, onUndo],
  );
  const openSaved = useCallback(
    (saved: SavedView | null) => {
      const {
        name,
        text,
        filter,
        sort,
        columns: shown,
        density: rows,
        layout,
      } = saved ?? { ...PLAIN, name: null };
      if (layout === 'matrix') {
        put({ text, filter, sort, matrixColumns: shown, density: rows, view: name, layout });
        return;
      }
      setColumnState(shown.length === 0 ? defaultState(columns) : unpackColumns(shown));
      put({ text, filter, sort, columns: shown, density: rows, view: name, layout });
    },
    [put, columns],
  );
  const activeId = active?.row?.group ? null : (active?.row?.id ?? null);
  const openListing = useCallback(() => {
    if (activeId !== null) showListing(activeId);
  }, [activeId, showListing]);
  const grouped = state.layout === 'products';
  const setLayout = useCallback((layout: Layout) => put({ layout, view: null }), [put]);
  const drifted = driftCount(view.drift) > 0;
  const { resort } = view;
  useListingActions({
    focusSearch,
    openBulk,
    openConditions,
    openListing,
    activeId,
    exportView,
    resort,
    drifted,
    clear,
    toggle: grouped ? toggle : null,
  });
  useLayoutActions(state.layout, setLayout);

  return (
    <ScreenFrame
      title={t('listings.title')}
      subtitle={source ? t('listings.count', { count: source.listings }) : undefined}
      tabs={
        <>
          <ViewMenu bench={bench} onOpen={openSaved} />
          <LayoutSwitch layout={state.layout} onLayout={setLayout} />
        </>
      }
      search={
        <SearchField
          input={searchInput}
          applied={state.text}
          onApply={(text) => put({ text, view: null })}
          onLeave={focusGrid}
        />
      }
      actions={
        <>
          <ColumnMenu
            columns={columns}
            hidden={hidden}
            onHide={(key, isHidden) => grid.current?.setColumnHidden(key, isHidden)}
            onReset={() => grid.current?.setColumnState(defaultState(columns))}
            groupName={({ key }) => t(`listings.group.${groupOf(key)}`)}
          />
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('listings.export')}
            title={t('listings.export')}
            loading={exporting}
            onClick={exportView}
          >
            <IconDownload size={16} />
          </ActionIcon>
        </>
      }
    >
      <FilterBar
        text={state.text}
        filter={state.filter}
        accounts={accounts}
        fields={fields}
        onFilter={(filter) => put({ filter, view: null })}
        onClear={clear}
        onConditions={openConditions}
      >
        {drifted && (
          <Button variant="light" size="compact-xs" onClick={resort} title={t('listings.drift.meaning')}>
            {t('listings.drift', { ...view.drift })}
          </Button>
        )}
      </FilterBar>
      <EditBar
        active={active}
        fields={fields}
        onWrite={async (text) =>
          (await grid.current?.writeActive(text)) ?? { ok: false, code: 'NOT_LOADED', message: '' }
        }
        onLeave={focusGrid}
      >
        <BulkTools target={target} reverting={reverting} onOpen={openBulk} onRevert={revert} />
      </EditBar>
      {refused && (
        <RejectionStrip
          key={refused.commandId ?? refused.rejectedTotal}
          outcome={refused}
          fields={fields}
          onJump={jump}
          onClose={() => setRefused(null)}
        />
      )}
      <div className={styles['grid']}>
        {view.error !== null && !source ? (
          <ErrorNotice error={view.error} onRetry={view.reopen} />
        ) : source ? (
          <SheetGrid
            ref={grid}
            source={source}
            columns={columns}
            writes={writes}
            locale={locale}
            label={t('listings.title')}
            density={density}
            sort={state.sort}
            state={columnState}
            empty={
              <EmptyState
                icon={IconSearchOff}
                title={t('listings.none.title')}
                text={t('listings.none.text')}
                action={<Button onClick={clear}>{t('listings.filter.clear')}</Button>}
              />
            }
            onSelectionChange={setSelection}
            onStatsChange={setStats}
            onSortChange={(sort) => put({ sort: [...sort] })}
            onColumnStateChange={(shown) => put({ columns: packColumns(shown) })}
            onActivate={onActivate}
            onToggle={grouped ? toggle : undefined}
            onOutcome={(_operation, outcome) => setRefused(outcome.rejectedTotal > 0 ? outcome : null)}
            onUndo={onUndo}
            onError={onError}
            onShortcut={onShortcut}
          />
        ) : (
          <Loading />
        )}
      </div>
      {view.error !== null && source && (
        <div className={styles['strip']}>
          <ErrorNotice error={view.error} onRetry={view.reopen} />
        </div>
      )}
      {panel?.kind === 'bulk' && source && (
        <BulkPanel
          key={panel.op}
          op={panel.op}
          target={target}
          viewId={source.viewId}
          count={source.listings}
          currency={active?.row?.currency ?? accounts.find(({ currency }) => currency)?.currency ?? 'EUR'}
          fields={fields}
          onDone={(outcome) => {
            setRefused(outcome.rejectedTotal > 0 ? toOutcome(outcome) : null);
            notifyDone(
              t('listings.bulk.done', { count: outcome.applied, rejected: outcome.rejectedTotal }),
              outcome.commandId === null ? {} : { undo: () => undoCommand(outcome.commandId) },
            );
            closePanel();
          }}
          onClose={closePanel}
        />
      )}
      {panel?.kind === 'conditions' && (
        <ConditionsPanel
          filter={state.filter}
          fields={fields}
          onFilter={(filter) => put({ filter, view: null })}
          onClose={closePanel}
        />
      )}
      {panel?.kind === 'listing' && (
        <ListingPanel
          listingId={panel.listingId}
          accounts={accounts}
          fields={fields}
          onOpen={showListing}
          onJump={(rid, key) => {
            if (!grid.current?.goToRid(rid, key)) notifyDone(t('listings.notInView'));
          }}
          onClose={closePanel}
        />
      )}
    </ScreenFrame>
  );
}
