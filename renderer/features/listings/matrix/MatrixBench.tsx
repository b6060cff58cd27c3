import { Button } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import type { EditOutcome } from '#shared/contract/listings.ts';
import { parseMatrixColumn } from '#shared/domain/matrix-columns.ts';
import type {
  GridActiveCell,
  GridOutcome,
  GridPoint,
  GridSelection,
  GridStats,
  GridUndo,
  SheetGridHandle,
} from '../../../grid/contract.ts';
import { SheetGrid } from '../../../grid/SheetGrid.tsx';
import { commandLabel } from '../../../lib/command-label.ts';
import { useEngine } from '../../../lib/engine.tsx';
import { useFieldTexts } from '../../../lib/field-texts.ts';
import { useStatusLine } from '../../../lib/status-line.ts';
import { useText } from '../../../lib/text.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { notifyDone, notifyError } from '../../../ui/notify.tsx';
import { ScreenFrame } from '../../../ui/ScreenFrame.tsx';
import type { Bench, Layout } from '../bench-state.ts';
import { PLAIN } from '../bench-state.ts';
import { ColumnMenu } from '../ColumnMenu.tsx';
import { ConditionsPanel } from '../ConditionsPanel.tsx';
import { defaultState } from '../default-columns.ts';
import { EditBar } from '../EditBar.tsx';
import { FilterBar } from '../FilterBar.tsx';
import { toOutcome } from '../grid-writes.ts';
import { LayoutSwitch } from '../LayoutSwitch.tsx';
import type { ListingAccount } from '../listing-account.ts';
import { ListingPanel } from '../ListingPanel.tsx';
import styles from '../listings.module.css';
import { RejectionStrip } from '../RejectionStrip.tsx';
import { packColumns, unpackColumns, type SavedView } from '../saved-views.ts';
import { SearchField } from '../SearchField.tsx';
import { selectionText, sharedCurrency } from '../selection-text.ts';
import { useLayoutActions } from '../use-layout-actions.ts';
import { useRowEvents } from '../use-row-events.ts';
import { useWriteLabels } from '../use-write-labels.ts';
import { ViewMenu } from '../ViewMenu.tsx';
import { CellMenu } from './CellMenu.tsx';
import { LinkState } from './LinkState.tsx';
import { LinkTools } from './LinkTools.tsx';
import { accountHeads, matrixGridColumns } from './matrix-columns.ts';
import { isMatrixRow } from './matrix-rows.ts';
import { matrixWrites } from './matrix-writes.ts';
import { useLinks } from './use-links.ts';
import { useMatrixActions } from './use-matrix-actions.ts';
import { useMatrixView } from './use-matrix-view.ts';

type Panel = { readonly kind: 'conditions' } | { readonly kind: 'listing'; readonly listingId: string };

/** SKUs with their master and every channel side by side. */
export function MatrixBench({
  accounts,
  bench,
}: {
  readonly accounts: readonly ListingAccount[];
  readonly bench: Bench;
}) {
  const t = useText();
  const { locale } = useIntl();
  const engine = useEngine();
  const fieldTexts = useFieldTexts();
  const { state, put, query, density } = bench;
  const grid = useRef<SheetGridHandle>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const [selection, setSelection] = useState<GridSelection | null>(null);
  const [stats, setStats] = useState<GridStats | null>(null);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [point, setPoint] = useState<GridPoint | null>(null);
  const [refused, setRefused] = useState<GridOutcome | null>(null);
  const say = useStatusLine((line) => line.say);

  // Columns are named by key where a field is named elsewhere.
  const fields = useMemo(() => {
    const heads = accountHeads(accounts);
    const name = (key: string): string => {
      const column = parseMatrixColumn(key);
      if (!column) return fieldTexts.name(key);
      const at =
        column.kind === 'master' ? -1 : accounts.findIndex(({ accountId }) => accountId === column.accountId);
      return `${heads[at] ?? t('listings.matrix.master')}: ${fieldTexts.name(column.field.name)}`;
    };
    return { ...fieldTexts, name };
  }, [accounts, fieldTexts, t]);
  const { source, error, reopen, recover } = useMatrixView(query, locale);
  const viewId = source?.viewId ?? '';
  const labels = useWriteLabels(fields);
  const writes = useMemo(() => matrixWrites(engine, viewId, labels), [engine, viewId, labels]);
  const columns = useMemo(
    () => matrixGridColumns(accounts, { t, fields: fieldTexts, locale }),
    [accounts, t, fieldTexts, locale],
  );
  const [columnState, setColumnState] = useState(() =>
    state.matrixColumns.length === 0 ? undefined : unpackColumns(state.matrixColumns),
  );
  const hidden = useMemo(
    () => new Set(state.matrixColumns.filter(([, , isHidden]) => isHidden).map(([key]) => key)),
    [state.matrixColumns],
  );
  const currency = useMemo(() => sharedCurrency(accounts), [accounts]);
  useEffect(() => {
    say(selectionText(selection, stats, locale, t, currency));
  }, [say, selection, stats, locale, t, currency]);
  useEffect(() => () => say(''), [say]);
  // A row of SKUs is not named by the listing that changed.
  useRowEvents(grid, false);

  const active = selection?.active ?? null;
  const activeLink = active?.row?.cells[active.key]?.link;
  const focusGrid = useCallback(() => grid.current?.focus(), []);
  const showOutcome = useCallback(
    (outcome: EditOutcome) => setRefused(outcome.rejectedTotal > 0 ? toOutcome(outcome) : null),
    [],
  );
  const ranges = useMemo(() => selection?.ranges ?? [], [selection]);
  const { link, adopt } = useLinks({ viewId, ranges, onOutcome: showOutcome });
  const onUndo = useCallback(
    (undo: GridUndo | null, direction: 'undo' | 'redo') => {
      setRefused(null);
      if (!undo) return notifyDone(t(`listings.${direction}.nothing`));
      const { label, applied: cells, changedSince: left } = undo;
      notifyDone(
        t(direction === 'undo' ? 'listings.undone' : 'listings.redone', {
          what: commandLabel(label, t),
          cells,
          left,
        }),
      );
    },
    [t],
  );
  const onError = useCallback(
    (reason: unknown) => {
      if (!recover(reason)) notifyError(reason);
    },
    [recover],
  );
  const openListing = useCallback(({ row, key }: Pick<GridActiveCell, 'row' | 'key'>) => {
    const listingId = listingOf(row, key);
    if (listingId !== null) setPanel({ kind: 'listing', listingId });
  }, []);
  const jump = useCallback(
    (sku: string, key: string) => {
      const go = async (): Promise<void> => {
        const find = { viewId, text: sku, columns: ['sku'], from: 0, wholeCell: true, matchCase: true };
        const { row } = await engine.call('matrix.find', find);
        if (row !== null) grid.current?.goToRow(row, key);
      };
      go().catch(notifyError);
    },
    [engine, viewId],
  );
  const clear = useCallback(() => put({ text: '', filter: {}, view: null }), [put]);
  const openConditions = useCallback(() => setPanel({ kind: 'conditions' }), []);
  const setLayout = useCallback((layout: Layout) => put({ layout, view: null }), [put]);
  useLayoutActions(state.layout, setLayout);
  useMatrixActions({ searchInput, openConditions, clear, reopen });
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
      const columnsOfLayout = layout === 'matrix' ? { matrixColumns: shown } : { columns: shown };
      if (layout === 'matrix') {
        setColumnState(shown.length === 0 ? defaultState(columns) : unpackColumns(shown));
      }
      put({ text, filter, sort, density: rows, view: name, layout, ...columnsOfLayout });
    },
    [put, columns],
  );

  return (
    <ScreenFrame
      title={t('listings.title')}
      subtitle={source ? t('listings.matrix.count', { count: source.count }) : undefined}
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
        <ColumnMenu
          columns={columns}
          hidden={hidden}
          onHide={(key, isHidden) => grid.current?.setColumnHidden(key, isHidden)}
          onReset={() => grid.current?.setColumnState(defaultState(columns))}
          groupName={({ group }) => group ?? fieldTexts.name('sku')}
        />
      }
    >
      <FilterBar
        text={state.text}
        filter={state.filter}
        accounts={accounts}
        fields={fieldTexts}
        onFilter={(filter) => put({ filter, view: null })}
        onClear={clear}
        onConditions={openConditions}
      >
        {source !== null && source.withoutSku > 0 && (
          <span className="qs-muted">{t('listings.matrix.withoutSku', { count: source.withoutSku })}</span>
        )}
      </FilterBar>
      <EditBar
        active={active}
        fields={fieldTexts}
        onWrite={async (text) =>
          (await grid.current?.writeActive(text)) ?? { ok: false, code: 'NOT_LOADED', message: '' }
        }
        onLeave={focusGrid}
      >
        {activeLink && <LinkState link={activeLink} />}
        <LinkTools accounts={accounts} onLink={link} onAdopt={adopt} />
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
        {error !== null && !source ? (
          <ErrorNotice error={error} onRetry={reopen} />
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
                title={t('listings.matrix.none.title')}
                text={t('listings.matrix.none.text')}
                action={<Button onClick={clear}>{t('listings.filter.clear')}</Button>}
              />
            }
            onSelectionChange={setSelection}
            onStatsChange={setStats}
            onSortChange={(sort) => put({ sort: [...sort] })}
            onColumnStateChange={(shown) => put({ matrixColumns: packColumns(shown) })}
            onActivate={openListing}
            onContextMenu={setPoint}
            onOutcome={(_operation, outcome) => setRefused(outcome.rejectedTotal > 0 ? outcome : null)}
            onUndo={onUndo}
            onError={onError}
            onShortcut={(shortcut) => {
              if (shortcut === 'filter') openConditions();
            }}
          />
        ) : (
          <Loading />
        )}
      </div>
      {point && (
        <CellMenu
          key={`${point.x} ${point.y}`}
          point={point}
          onLink={link}
          onOpen={listingOf(point.row, point.key) === null ? null : () => openListing(point)}
          onClose={() => {
            setPoint(null);
            focusGrid();
          }}
        />
      )}
      {panel?.kind === 'conditions' && (
        <ConditionsPanel
          filter={state.filter}
          fields={fieldTexts}
          onFilter={(filter) => put({ filter, view: null })}
          onClose={() => setPanel(null)}
        />
      )}
      {panel?.kind === 'listing' && (
        <ListingPanel
          listingId={panel.listingId}
          accounts={accounts}
          fields={fieldTexts}
          onOpen={(listingId) => setPanel({ kind: 'listing', listingId })}
          onJump={() => notifyDone(t('listings.notInView'))}
          onClose={() => setPanel(null)}
        />
      )}
    </ScreenFrame>
  );
}

/** The listing that a cell of a channel belongs to. */
function listingOf(row: GridActiveCell['row'], key: string): string | null {
  const column = parseMatrixColumn(key);
  if (!row || !isMatrixRow(row) || column?.kind !== 'channel') return null;
  return row.places.get(column.accountId)?.listingId ?? null;
}
