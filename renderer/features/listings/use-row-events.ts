import { useCallback, useEffect, useRef } from 'react';
import type { EngineEvent } from '#shared/contract/envelope.ts';
import type { SheetGridHandle } from '../../grid/contract.ts';
import { useEngineEvents } from '../../lib/engine.tsx';

/** A publish in the background says so often; what is on screen is read again at most this often. */
const REFRESH_EVERY_MS = 300;

/**
 * Rows that the engine says changed are read again; only those, where it names
 * them and `named` says that its names are those of the rows.
 */
export function useRowEvents(grid: { readonly current: SheetGridHandle | null }, named = true): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEngineEvents(
    useCallback(
      ({ event, rids }: EngineEvent) => {
        if ((event === 'listings' || event === 'quality') && rids && named) grid.current?.refreshRows(rids);
        else if (event === 'listings' || event === 'quality' || event === 'engine' || event === 'outbox') {
          timer.current ??= setTimeout(() => {
            timer.current = undefined;
            grid.current?.invalidate();
          }, REFRESH_EVERY_MS);
        }
      },
      [grid, named],
    ),
  );
}
