import {
  CellStyleModule,
  ColumnApiModule,
  ColumnAutoSizeModule,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  themeQuartz,
  TooltipModule,
} from 'ag-grid-community';
import { positionalRowModelModule } from './positional-row-model.ts';

/** Registered once: the parts of AG Grid Community that the spreadsheet stands on. */
export function registerGridModules(): void {
  ModuleRegistry.registerModules([
    positionalRowModelModule(CellStyleModule.version),
    CellStyleModule,
    ColumnApiModule,
    ColumnAutoSizeModule,
    RenderApiModule,
    RowApiModule,
    RowStyleModule,
    ScrollApiModule,
    TooltipModule,
  ]);
}

/** Colours and fonts come from CSS variables in sheet-grid.css, so a theme switch needs no call. */
export const sheetTheme = themeQuartz.withParams({
  backgroundColor: 'var(--qs-grid-background)',
  foregroundColor: 'var(--qs-grid-text)',
  borderColor: 'var(--qs-grid-line)',
  headerBackgroundColor: 'var(--qs-grid-head)',
  headerTextColor: 'var(--qs-grid-head-text)',
  headerFontWeight: 600,
  headerFontSize: 12,
  fontSize: 13,
  fontFamily: 'inherit',
  headerFontFamily: 'inherit',
  cellFontFamily: 'inherit',
  cellHorizontalPadding: 8,
  columnBorder: { style: 'solid', width: 1, color: 'var(--qs-grid-line)' },
  headerColumnBorder: { style: 'solid', width: 1, color: 'var(--qs-grid-line)' },
  rowBorder: { style: 'solid', width: 1, color: 'var(--qs-grid-line)' },
  pinnedColumnBorder: { style: 'solid', width: 1, color: 'var(--qs-grid-line-strong)' },
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  rowHoverColor: 'transparent',
  headerHeight: 32,
  spacing: 6,
});
