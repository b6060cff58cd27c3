import { useCallback, useEffect, useMemo, useState } from 'react';
import { CodedError } from '#shared/errors/coded-error.ts';
import { useEngine } from '../../../lib/engine.tsx';
import type { ViewQuery } from '../grid-source.ts';
import { MatrixSource, openMatrix, type OpenMatrix } from './matrix-source.ts';

export interface MatrixView {
  /** null until the first view is open. */
  readonly source: MatrixSource | null;
  readonly error: unknown;
  /** Opens the view again, in the order that the sort gives now. */
  readonly reopen: () => void;
  /** Opens the view again when the engine has forgotten it; false for other errors. */
  readonly recover: (error: unknown) => boolean;
}

/** The open view of a query. Its order is frozen until somebody asks for another. */
export function useMatrixView(query: ViewQuery, locale: string): MatrixView {
  const engine = useEngine();
  const [view, setView] = useState<OpenMatrix | null>(null);
  const [error, setError] = useState<unknown>(null);
  const open = useCallback(
    (signal?: AbortSignal) => {
      const run = async (): Promise<void> => {
        const found = await openMatrix(engine, query, signal);
        if (signal?.aborted) return;
        setError(null);
        setView(found);
      };
      run().catch((reason: unknown) => {
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
  const viewId = view?.viewId;
  useEffect(
    () => () => {
      if (viewId !== undefined) engine.call('views.close', { viewId }).catch(() => undefined);
    },
    [engine, viewId],
  );
  const source = useMemo(
    () => (view ? new MatrixSource(engine, view, locale) : null),
    [engine, view, locale],
  );
  const reopen = useCallback(() => open(), [open]);
  const recover = useCallback(
    (reason: unknown) => {
      const gone = reason instanceof CodedError && reason.code === 'VIEW_GONE';
      if (gone) open();
      return gone;
    },
    [open],
  );
  return { source, error, reopen, recover };
}
