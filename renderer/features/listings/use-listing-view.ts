import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { EngineEvent } from '#shared/contract/envelope.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { useEngine, useEngineEvents } from '../../lib/engine.tsx';
import { EngineSource, openView, type Caller, type OpenView, type ViewQuery } from './grid-source.ts';
import type { GroupWords } from './group-rows.ts';
import { NO_DRIFT, orderDrift, type OrderDrift } from './order-drift.ts';

/** After the last change this long, the order is compared with what it would be now. */
const DRIFT_AFTER_MS = 1_200;

export interface ListingView {
  /** null until the first view is open. */
  readonly source: EngineSource | null;
  readonly error: unknown;
  readonly drift: OrderDrift;
  /** Takes the order that the filter and the sort give now. */
  readonly resort: () => void;
  /** Opens the view again; also after an error. */
  readonly reopen: () => void;
  /** Opens the view again when the engine has forgotten it; false for other errors. */
  readonly recover: (error: unknown) => boolean;
  /** Opens or closes groups; null means all of them. */
  readonly toggle: (groups: readonly number[] | null, open: boolean) => void;
}

interface Opened {
  readonly view: OpenView;
  /** The order that the query gives now, when it is known to differ or to be the same. */
  readonly ahead: { readonly view: OpenView; readonly drift: OrderDrift } | null;
}

type Step =
  | { readonly kind: 'open'; readonly view: OpenView }
  | {
      readonly kind: 'compared';
      readonly view: OpenView;
      readonly next: OpenView;
      readonly drift: OrderDrift;
    }
  | { readonly kind: 'resort' }
  | { readonly kind: 'counted'; readonly viewId: string; readonly count: number };

function reduce(state: Opened | null, step: Step): Opened | null {
  switch (step.kind) {
    case 'open':
      return { view: step.view, ahead: null };
    case 'compared':
      // Another view was opened while this one was compared.
      if (state?.view.viewId !== step.view.viewId) return state;
      return { view: state.view, ahead: { view: step.next, drift: step.drift } };
    case 'counted':
      // The order that was worked out has other groups open.
      if (state?.view.viewId !== step.viewId) return state;
      return { view: { ...state.view, count: step.count }, ahead: null };
    case 'resort':
      return state?.ahead ? { view: state.ahead.view, ahead: null } : state;
  }
}

async function compare(engine: Caller, view: OpenView, query: ViewQuery): Promise<Step> {
  const next = await openView(engine, query, undefined, view.viewId);
  const [before, after] = await Promise.all([
    engine.call('views.ids', { viewId: view.viewId }),
    engine.call('views.ids', { viewId: next.viewId }),
  ]);
  return { kind: 'compared', view, next, drift: orderDrift(before.ids, after.ids) };
}

/**
 * The open view of a query. Its order is frozen: edits never move rows under
 * the hand. Instead the order that the same query would give is worked out
 * behind the scenes and offered.
 */
export function useListingView(
  query: ViewQuery,
  accountName: (id: string) => string,
  words: GroupWords,
): ListingView {
  const engine = useEngine();
  const [opened, dispatch] = useReducer(reduce, null);
  const [error, setError] = useState<unknown>(null);
  const view = opened?.view ?? null;

  const open = useCallback(
    (signal?: AbortSignal) => {
      openView(engine, query, signal)
        .then((found) => {
          if (signal?.aborted) return null;
          setError(null);
          dispatch({ kind: 'open', view: found });
          return found;
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
  useForgetting(engine, opened);

  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onEvent = useCallback(
    ({ event }: EngineEvent) => {
      if (event !== 'listings' || !view) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        // Only an offer: when it fails (the view is gone) the next read says so.
        compare(engine, view, query)
          .then(dispatch)
          .catch(() => undefined);
      }, DRIFT_AFTER_MS);
    },
    [engine, view, query],
  );
  useEngineEvents(onEvent);

  const source = useMemo(
    () => (view ? new EngineSource(engine, view, accountName, words) : null),
    [engine, view, accountName, words],
  );
  const resort = useCallback(() => dispatch({ kind: 'resort' }), []);
  const reopen = useCallback(() => open(), [open]);
  const recover = useCallback(
    (reason: unknown) => {
      const gone = reason instanceof CodedError && reason.code === 'VIEW_GONE';
      if (gone) open();
      return gone;
    },
    [open],
  );
  const viewId = view?.viewId;
  const toggle = useCallback(
    (groups: readonly number[] | null, isOpen: boolean) => {
      if (viewId === undefined) return;
      engine.call('views.toggle', { viewId, ...(groups ? { groups: [...groups] } : {}), open: isOpen }).then(
        ({ count }) => dispatch({ kind: 'counted', viewId, count }),
        (reason: unknown) => {
          if (!recover(reason)) setError(reason);
        },
      );
    },
    [engine, viewId, recover],
  );
  return { toggle, source, error, drift: opened?.ahead?.drift ?? NO_DRIFT, resort, reopen, recover };
}

/** Tells the engine which views nobody looks at any more; it would drop them itself after a while. */
function useForgetting(engine: Caller, opened: Opened | null): void {
  const held = useRef<readonly string[]>([]);
  useEffect(() => {
    const now = opened ? [opened.view.viewId, opened.ahead?.view.viewId ?? ''].filter(Boolean) : [];
    for (const viewId of held.current) {
      if (!now.includes(viewId)) engine.call('views.close', { viewId }).catch(() => undefined);
    }
    held.current = now;
  }, [engine, opened]);
}
