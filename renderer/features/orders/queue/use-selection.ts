import { useCallback, useState } from 'react';
import type { OrderRow } from '#shared/contract/orders.ts';
import { useEngine } from '../../../lib/engine.tsx';
import { notifyError } from '../../../ui/notify.tsx';
import type { QueryParams } from './queue-tabs.ts';
import { choose, MAX_CHOSEN, moveTo, NOTHING, toggle, type Selection } from './selection.ts';

export interface SelectionControl {
  readonly current: Selection;
  readonly move: (index: number) => void;
  readonly toggle: (index: number) => void;
  readonly range: (index: number) => void;
  readonly all: (total: number) => void;
  readonly clear: () => void;
}

/** Choosing in the queue; ranges over rows that are not on the screen are asked from the engine. */
export function useSelection(
  query: QueryParams,
  rowAt: (index: number) => OrderRow | undefined,
): SelectionControl {
  const engine = useEngine();
  const [state, setState] = useState<{ query: QueryParams; selection: Selection }>({
    query,
    selection: NOTHING,
  });
  // Another question, another list: the hand goes to its top and nothing unseen stays chosen.
  const selection = state.query === query ? state.selection : NOTHING;
  const put = useCallback(
    (next: (before: Selection) => Selection) =>
      setState((before) => ({ query, selection: next(before.query === query ? before.selection : NOTHING) })),
    [query],
  );
  const idAt = (index: number): string | null => rowAt(index)?.orderId ?? null;

  const span = (from: number, to: number, active: number): void => {
    const first = Math.min(from, to);
    const count = Math.min(MAX_CHOSEN, Math.abs(to - from) + 1);
    const ids = Array.from({ length: count }, (_, offset) => idAt(first + offset));
    if (ids.every((id) => id !== null)) {
      put((before) => choose(before, ids, active, idAt(active)));
      return;
    }
    put((before) => ({ ...before, active: { index: active, id: idAt(active) } }));
    engine.call('orders.query', { ...query, offset: first, limit: count }).then(
      ({ rows }) =>
        put((before) =>
          choose(
            before,
            rows.map((row) => row.orderId),
            active,
            idAt(active) ?? rows[active - first]?.orderId ?? null,
          ),
        ),
      notifyError,
    );
  };

  // The first row is under the hand from the start, once it is there.
  const active = { index: selection.active.index, id: selection.active.id ?? idAt(selection.active.index) };
  return {
    current: { ...selection, active },
    move: (index) => put((before) => moveTo(before, index, idAt(index))),
    toggle: (index) => {
      const id = idAt(index);
      if (id !== null) put((before) => toggle(before, index, id));
    },
    range: (index) => span(selection.anchor, index, index),
    all: (total) => span(0, Math.max(0, total - 1), selection.active.index),
    clear: () => put((before) => (before.chosen.size === 0 ? before : { ...before, chosen: new Set() })),
  };
}
