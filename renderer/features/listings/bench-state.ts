import { useMemo } from 'react';
import type { ListingFilter } from '#shared/contract/common.ts';
import type { GridDensity, GridSort } from '../../grid/contract.ts';
import { useScreenState } from '../../lib/screen-state.ts';
import { useSettings } from '../../lib/settings.ts';
import type { ViewQuery } from './grid-source.ts';
import type { StoredColumns } from './saved-views.ts';

/** Listings one by one, under their products, or SKUs with all channels side by side. */
export const LAYOUTS = ['rows', 'products', 'matrix'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** What the screen looks like; survives leaving it and restarting the app. */
export interface BenchState {
  readonly text: string;
  readonly filter: ListingFilter;
  readonly sort: readonly GridSort[];
  /** Empty: as the columns come. */
  readonly columns: StoredColumns;
  /** The same of the matrix, whose columns are others. */
  readonly matrixColumns: StoredColumns;
  readonly layout: Layout;
  /** null: the density of the whole app. */
  readonly density: GridDensity | null;
  /** Name of the saved view that was opened last. */
  readonly view: string | null;
}

export const PLAIN: BenchState = {
  text: '',
  filter: {},
  sort: [],
  columns: [],
  matrixColumns: [],
  layout: 'rows',
  density: null,
  view: null,
};

export interface Bench {
  readonly state: BenchState;
  readonly put: (change: Partial<BenchState>) => void;
  readonly query: ViewQuery;
  readonly density: GridDensity;
}

export function useBenchState(): Bench {
  const [state, put] = useScreenState<BenchState>('listings.view', PLAIN);
  const { settings } = useSettings();
  const { text, filter, sort } = state;
  const grouped = state.layout === 'products';
  const query = useMemo<ViewQuery>(() => ({ text, filter, sort, grouped }), [text, filter, sort, grouped]);
  return { state, put, query, density: state.density ?? settings.density };
}
