import { z } from 'zod';
import { listingFilterSchema } from '#shared/contract/common.ts';
import type { GridColumnState } from '../../grid/contract.ts';

/** Settings keep at most this many characters a key. */
const MAX_STORED = 20_000;

const columnSchema = z.tuple([z.string(), z.number(), z.boolean(), z.enum(['l', 'r', ''])]);
const savedViewSchema = z.object({
  name: z.string().min(1).max(60),
  text: z.string().max(500),
  filter: listingFilterSchema,
  sort: z.array(z.object({ key: z.string(), direction: z.enum(['asc', 'desc']) })).max(5),
  columns: z.array(columnSchema),
  density: z.enum(['compact', 'normal', 'comfortable']),
  /** Views of older versions are lists of rows. */
  layout: z.enum(['rows', 'products', 'matrix']).default('rows'),
});
export type SavedView = z.infer<typeof savedViewSchema>;
export type StoredColumns = SavedView['columns'];

const SIDES = { left: 'l', right: 'r' } as const;

/** Column state in few characters: many views share one settings entry. */
export function packColumns(state: GridColumnState): StoredColumns {
  return state.columns.map(({ key, width, hidden, pinned }) => [
    key,
    Math.round(width),
    hidden,
    pinned === null ? '' : SIDES[pinned],
  ]);
}

export function unpackColumns(columns: StoredColumns): GridColumnState {
  return {
    columns: columns.map(([key, width, hidden, side]) => ({
      key,
      width,
      hidden,
      pinned: side === 'l' ? 'left' : side === 'r' ? 'right' : null,
    })),
  };
}

/** Views that cannot be read any more (an older version wrote them) are left out. */
export function parseViews(stored: readonly unknown[]): SavedView[] {
  return stored.flatMap((item) => {
    const parsed = savedViewSchema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

/** The list with this view added or, where the name is taken, replaced; null when it would not fit any more. */
export function putView(views: readonly SavedView[], view: SavedView): SavedView[] | null {
  const at = views.findIndex(({ name }) => name === view.name);
  const next = at < 0 ? [...views, view] : views.with(at, view);
  return JSON.stringify({ views: next }).length > MAX_STORED ? null : next;
}
