import { useEffect } from 'react';
import type { ListingFilter } from '#shared/contract/common.ts';
import { CELL_STATES, type CellState } from '#shared/domain/outbox-states.ts';
import { useNavigation, type ScreenParams } from '../../lib/navigation.ts';
import type { BenchState } from './bench-state.ts';

/** What the parameters of a visit ask for; null when they ask for nothing. */
export function openingOf(params: ScreenParams): Partial<BenchState> | null {
  const { text, state, stock, accountId, rule, lane } = params;
  const known = CELL_STATES.find((name) => name === state);
  const filter: ListingFilter = {
    ...(known ? { states: [known satisfies CellState] } : {}),
    ...(stock === 'in' || stock === 'out' || stock === 'low' ? { stock } : {}),
    ...(accountId ? { accountIds: [accountId] } : {}),
    ...(rule ? { quality: { rule } } : {}),
    ...(lane === 'rejected' || lane === 'improve' ? { quality: { lane } } : {}),
  };
  if (text === undefined && Object.keys(filter).length === 0) return null;
  return { text: text ?? '', filter, view: null };
}

/** Another screen may open the spreadsheet on some rows or on one listing. */
export function useOpening({
  put,
  showListing,
}: {
  readonly put: (change: Partial<BenchState>) => void;
  readonly showListing: (listingId: string) => void;
}): void {
  const params = useNavigation((navigation) => navigation.params);
  useEffect(() => {
    const opening = openingOf(params);
    if (opening) put(opening);
    const { listingId } = params;
    if (listingId !== undefined) showListing(listingId);
  }, [params, put, showListing]);
}
