import {
  keepPreviousData,
  QueryClient,
  QueryClientProvider,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import type { EngineEvent } from '#shared/contract/envelope.ts';
import type { MethodName, Params, Result } from '#shared/contract/methods.ts';
import type { CodedError } from '#shared/errors/coded-error.ts';
import type { EngineClient } from './engine-client.ts';
import { staleAfter } from './topics.ts';

const EngineContext = createContext<EngineClient | null>(null);

/** The one engine of the window. */
export function useEngine(): EngineClient {
  const client = use(EngineContext);
  if (!client) throw new Error('EngineProvider is missing');
  return client;
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The engine is on this machine: no network is needed, and events say what is old.
      queries: { networkMode: 'always', retry: false, staleTime: Infinity, refetchOnWindowFocus: false },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Coalesces a burst of events into one round of refetching. */
const SETTLE_MS = 40;

export function EngineProvider({
  client,
  children,
}: {
  readonly client: EngineClient;
  readonly children: ReactNode;
}) {
  const [queries] = useState(createQueries);
  useEffect(() => {
    const topics = new Set<EngineEvent['event']>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      const changed = [...topics];
      topics.clear();
      void queries.invalidateQueries({
        predicate: ({ queryKey: [method] }) =>
          changed.some((topic) => topic === 'engine' || staleAfter(method as MethodName, topic)),
      });
    };
    const stop = client.onEvent(({ event }) => {
      topics.add(event);
      timer ??= setTimeout(flush, SETTLE_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client, queries]);
  return (
    <EngineContext value={client}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </EngineContext>
  );
}

export interface EngineQueryOptions {
  /** False: do not ask (yet). */
  readonly enabled?: boolean | undefined;
  /** Keep showing the answer of the former parameters until the new one is there. */
  readonly keep?: boolean | undefined;
}

/** A query whose answer is read again when the engine says that it may have changed. */
export function useEngineQuery<M extends MethodName>(
  method: M,
  params: Params<M>,
  options: EngineQueryOptions = {},
): UseQueryResult<Result<M>, CodedError> {
  const engine = useEngine();
  return useQuery<Result<M>, CodedError>({
    queryKey: [method, params],
    queryFn: ({ signal }) => engine.call(method, params, { signal }),
    enabled: options.enabled ?? true,
    ...(options.keep === false ? {} : { placeholderData: keepPreviousData }),
  });
}

/** A command; failures come back in `error` and, from `mutateAsync`, as a rejection. */
export function useEngineCommand<M extends MethodName>(
  method: M,
): UseMutationResult<Result<M>, CodedError, Params<M>> {
  const engine = useEngine();
  return useMutation<Result<M>, CodedError, Params<M>>({
    mutationKey: [method],
    mutationFn: (params) => engine.call(method, params),
  });
}

/** Calls back on every event of the engine while mounted; `listener` should be stable. */
export function useEngineEvents(listener: (event: EngineEvent) => void): void {
  const engine = useEngine();
  useEffect(() => engine.onEvent(listener), [engine, listener]);
}
