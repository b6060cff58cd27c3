import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Params } from '#shared/contract/methods.ts';
import { useEngine } from '../../lib/engine.tsx';
import { StockSource } from './stock-source.ts';

export type StockFilter = NonNullable<Params<'inventory.open'>['filter']>;

export interface StockQuery {
  readonly text: string;
  readonly filter: StockFilter | null;
  readonly sort: Params<'inventory.open'>['sort'];
}

interface Opened {
  readonly ids: Int32Array;
  readonly rev: number;
  readonly serial: number;
}

/** The list of a query, frozen until it is opened again: stock that changes moves no row under the hand. */
export function useStockView(query: StockQuery): {
  readonly source: StockSource | null;
  readonly error: unknown;
  readonly reopen: () => void;
} {
  const engine = useEngine();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [error, setError] = useState<unknown>(null);
  const open = useCallback(
    (signal?: AbortSignal) => {
      const { text, filter, sort } = query;
      engine
        .call(
          'inventory.open',
          { ...(text === '' ? {} : { text }), ...(filter ? { filter } : {}), ...(sort ? { sort } : {}) },
          { signal },
        )
        .then(({ ids, rev }) => {
          if (signal?.aborted) return null;
          setError(null);
          setOpened((last) => ({ ids, rev, serial: (last?.serial ?? 0) + 1 }));
          return ids;
        })
        .catch((reason: unknown) => {
          if (!signal?.aborted) setError(reason);
        });
    },
    [engine, query],
  );
  useEffect(() => {
    const abort = new AbortController();
    open(abort.signal);
    return () => abort.abort();
  }, [open]);
  const source = useMemo(
    () => (opened ? new StockSource(engine, `stock ${opened.serial}`, opened.ids, opened.rev) : null),
    [engine, opened],
  );
  const reopen = useCallback(() => open(), [open]);
  return { source, error, reopen };
}
