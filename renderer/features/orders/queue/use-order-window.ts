import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Result } from '#shared/contract/methods.ts';
import type { OrderRow } from '#shared/contract/orders.ts';
import type { CodedError } from '#shared/errors/coded-error.ts';
import { useEngine } from '../../../lib/engine.tsx';
import type { QueryParams } from './queue-tabs.ts';

type Answer = Result<'orders.query'>;

/** Rows of one request. */
export const PAGE = 200;

export interface OrderWindow {
  /** Null until the first answer. */
  readonly answer: Answer | null;
  readonly rowAt: (index: number) => OrderRow | undefined;
  readonly error: CodedError | null;
  readonly retry: () => void;
  /** True while what is shown still belongs to an earlier question. */
  readonly old: boolean;
}

interface Combined {
  /** Answers by page. */
  readonly answers: ReadonlyMap<number, Answer>;
  readonly error: CodedError | null;
  readonly retry: () => void;
}

/** The part of the queue that is on the screen; pages come and go with scrolling and follow the engine's events. */
export function useOrderWindow(
  query: QueryParams,
  first: number,
  last: number,
  enabled: boolean,
): OrderWindow {
  const engine = useEngine();
  // The first page is always there: it carries the counts.
  const pages = new Set([0]);
  for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) pages.add(page);
  const numbers = [...pages];
  const key = numbers.join();
  const combine = useCallback(
    (results: readonly UseQueryResult<Answer>[]): Combined => ({
      answers: new Map(
        key.split(',').flatMap((page, index) => {
          const data = results[index]?.data;
          return data ? [[Number(page), data] as const] : [];
        }),
      ),
      error: (results.find((result) => result.error)?.error as CodedError | undefined) ?? null,
      retry: () => {
        for (const result of results) void result.refetch();
      },
    }),
    [key],
  );
  const latest = useQueries({
    queries: numbers.map((page) => {
      const params: QueryParams = { ...query, offset: page * PAGE, limit: PAGE };
      return {
        enabled,
        queryKey: ['orders.query', params],
        queryFn: ({ signal }: { signal: AbortSignal }) => engine.call('orders.query', params, { signal }),
      };
    }),
    combine,
  });
  // While a new question is on its way the old answer stays, so that nothing jumps or flashes.
  const [kept, setKept] = useState<Combined | null>(null);
  const old = !latest.answers.has(0);
  const head = latest.answers.get(0);
  if (head && head !== kept?.answers.get(0)) setKept(latest);
  const answers = (old ? kept : latest)?.answers;
  return {
    answer: answers?.get(0) ?? null,
    rowAt: (index) => answers?.get(Math.floor(index / PAGE))?.rows[index % PAGE],
    error: latest.error,
    retry: latest.retry,
    old,
  };
}
