import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { Params, Result } from '#shared/contract/methods.ts';
import type { CodedError } from '#shared/errors/coded-error.ts';
import { useEngine } from '../../lib/engine.tsx';

const PAGE = 100;

export type CommandFilter = Pick<
  Params<'history.list'>,
  'listingId' | 'includeChannel' | 'actors' | 'areas' | 'text'
>;

/** Commands that a filter lets through, page by page to the first one; all shown pages are read again when one may be old. */
export function useCommands(filter: CommandFilter) {
  const engine = useEngine();
  const query = useInfiniteQuery<
    Result<'history.list'>,
    CodedError,
    Result<'history.list'>[],
    unknown[],
    string | null
  >({
    // The first part is the method: events say what is old by it.
    queryKey: ['history.list', 'pages', filter],
    queryFn: ({ pageParam, signal }) =>
      engine.call(
        'history.list',
        { ...filter, limit: PAGE, ...(pageParam === null ? {} : { olderThan: pageParam }) },
        { signal },
      ),
    initialPageParam: null,
    getNextPageParam: ({ commands }) =>
      commands.length < PAGE ? null : (commands.at(-1)?.commandId ?? null),
    select: ({ pages }) => pages,
    placeholderData: keepPreviousData,
  });
  return {
    commands: query.data?.flatMap(({ commands }) => commands),
    error: query.error,
    refetch: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
    reading: query.isFetchingNextPage,
  };
}
