import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { FieldEdit } from '#shared/contract/listings.ts';
import type { Params, Result } from '#shared/contract/methods.ts';
import type { CodedError } from '#shared/errors/coded-error.ts';
import { useEngineQuery } from '../../lib/engine.tsx';

export type BulkPreviewData = Result<'listings.bulkPreview'>;
type Selection = Params<'listings.bulkPreview'>['selection'];

const ASK_AFTER_MS = 250;

export interface PreviewState {
  readonly data: BulkPreviewData | null;
  readonly error: CodedError | null;
  /** True while what is shown is not what the form says. */
  readonly waiting: boolean;
}

/** What an edit would do, worked out by the engine a moment after the last key. */
export function useBulkPreview(
  selection: Selection,
  edit: FieldEdit | null,
  when: string | null,
): PreviewState {
  const wanted = JSON.stringify(edit && { selection, edits: [edit], ...(when === null ? {} : { when }) });
  const [asked] = useDebouncedValue(wanted, ASK_AFTER_MS);
  const params = useMemo(() => JSON.parse(asked) as Params<'listings.bulkPreview'> | null, [asked]);
  const query = useEngineQuery('listings.bulkPreview', params ?? { selection, edits: [] }, {
    enabled: params !== null,
    keep: true,
  });
  return {
    data: edit === null ? null : (query.data ?? null),
    error: edit === null ? null : query.error,
    waiting: wanted !== asked || query.isPlaceholderData || query.isPending,
  };
}
