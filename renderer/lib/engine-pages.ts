import { useCallback, useState } from 'react';

/** Which pages of a long list are in sight: at most two neighbours. */
export interface PageWindow {
  /** Offsets of the pages to read. */
  readonly offsets: readonly [number, number];
  /** Given to a virtual table. */
  readonly onVisible: (first: number, last: number) => void;
}

export function usePageWindow(pageSize: number): PageWindow {
  const [page, setPage] = useState(0);
  const onVisible = useCallback(
    (first: number) => setPage(Math.floor(Math.max(0, first) / pageSize)),
    [pageSize],
  );
  return { offsets: [page * pageSize, (page + 1) * pageSize], onVisible };
}
