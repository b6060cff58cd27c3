import type {
  ColumnMovedEvent,
  ColumnResizedEvent,
  FocusGridInnerElementParams,
  GridReadyEvent,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Ref } from 'react';
import { CellEditor } from './CellEditor.tsx';
import { columnDefs } from './column-defs.ts';
import { ROW_HEIGHTS } from './contract.ts';
import type { GridSort, SheetGridHandle, SheetGridProps } from './contract.ts';
import { FindBar } from './FindBar.tsx';
import { GoToBar } from './GoToBar.tsx';
import { registerGridModules, sheetTheme } from './grid-modules.ts';
import { PasteSpecial } from './PasteSpecial.tsx';
import { HeadMenu } from './HeadMenu.tsx';
import { Sheet } from './sheet.ts';
import type { SheetCore } from './sheet-core.ts';
import './sheet-grid.css';
import './sheet-links.css';
import './sheet-panels.css';

registerGridModules();

const UNSORTED: readonly GridSort[] = [];

/** Tab comes back to the cell it left, not to the first of forty heads. */
const focusActiveCell = ({ context }: FocusGridInnerElementParams): boolean => {
  const core = context as SheetCore;
  core.focusActive(true);
  return core.rows > 0;
};

/**
 * The spreadsheet. React renders its frame (editor, search, announcements);
 * the cells are AG Grid's, the selection is an overlay, the data is a cache of
 * windows over {@link SheetGridProps.source}.
 */
export function SheetGrid({ ref, ...props }: SheetGridProps & { readonly ref?: Ref<SheetGridHandle> }) {
  const [sheet] = useState(() => new Sheet(props));
  const ui = useSyncExternalStore(sheet.ui.subscribe, sheet.ui.get);
  const host = useRef<HTMLDivElement>(null);
  const exit = useRef<HTMLDivElement>(null);
  const { core } = sheet;
  const { columns, density = 'normal', state, sort = UNSORTED } = props;
  const defs = useMemo(() => columnDefs(core, columns), [core, columns]);

  useLayoutEffect(() => {
    core.setProps(props);
  });
  useEffect(() => {
    sheet.setExit(exit.current);
    void core.openView(true);
    return () => sheet.stop();
  }, [sheet, core]);
  useEffect(() => sheet.applyState(state), [sheet, state]);
  const grouped = props.onToggle !== undefined;
  useEffect(() => sheet.showGroups(grouped), [sheet, grouped]);
  useEffect(() => sheet.setDensity(density), [sheet, density]);
  useEffect(() => sheet.showSort(sort), [sheet, sort]);
  useImperativeHandle(ref, () => sheet.handle(), [sheet]);

  const onGridReady = (event: GridReadyEvent): void => {
    if (host.current) sheet.attach(event.api, host.current);
  };
  const onResized = (event: ColumnResizedEvent): void =>
    sheet.columnsChanged(event.finished && event.source !== 'api');
  const onMoved = (event: ColumnMovedEvent): void => sheet.columnsChanged(event.finished);

  return (
    <div className="qs-sheet" data-density={density} aria-busy={ui.busy > 0}>
      <div ref={host} className="qs-sheet-grid">
        <AgGridReact
          theme={sheetTheme}
          rowModelType="infinite"
          context={core}
          columnDefs={defs}
          rowHeight={ROW_HEIGHTS[density]}
          rowBuffer={2}
          animateRows={false}
          suppressAnimationFrame
          suppressColumnMoveAnimation
          suppressDragLeaveHidesColumns
          suppressRowHoverHighlight
          suppressContextMenu
          enableBrowserTooltips={false}
          tooltipShowDelay={600}
          tooltipInteraction={false}
          suppressNoRowsOverlay
          focusGridInnerElement={focusActiveCell}
          ensureDomOrder={props.domOrder ?? false}
          onGridReady={onGridReady}
          onViewportChanged={() => core.rowsRendered()}
          onModelUpdated={() => core.wantRendered()}
          onDisplayedColumnsChanged={() => sheet.columnsChanged(false)}
          onColumnResized={onResized}
          onColumnMoved={onMoved}
          onColumnPinned={() => sheet.columnsChanged(true)}
          onColumnVisible={() => sheet.columnsChanged(true)}
          onVirtualColumnsChanged={() => core.columnsRendered()}
          onGridSizeChanged={() => sheet.columnsChanged(false)}
        />
        {ui.rows === 0 && <div className="qs-sheet-empty">{props.empty ?? core.words.labels.emptyView}</div>}
        {ui.busy > 0 && <div className="qs-sheet-busy" aria-hidden="true" />}
        {ui.find && (
          <FindBar key={ui.find.text} find={sheet.find} initial={ui.find.text} words={core.words} />
        )}
        {ui.goTo && <GoToBar core={core} />}
        {ui.headMenu && <HeadMenu key={ui.headMenu.key} core={core} state={ui.headMenu} />}
        {ui.special && <PasteSpecial core={core} pasting={sheet.pasting} block={ui.special} />}
        {ui.editor && (
          <CellEditor
            key={`${ui.editor.at.row} ${ui.editor.column.key}`}
            core={core}
            editing={sheet.editing}
            session={ui.editor}
            host={host}
            onWalk={(name, step) => sheet.walk(name, step)}
            onArrow={(key) => sheet.arrow(key)}
          />
        )}
      </div>
      <div ref={exit} tabIndex={-1} className="qs-sheet-exit" />
      <output className="qs-sheet-live" aria-live="polite">
        <span key={ui.announcement.count}>{ui.announcement.text}</span>
      </output>
    </div>
  );
}
