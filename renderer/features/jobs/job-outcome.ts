import { z } from 'zod';
import type { Job } from '#shared/contract/workspace.ts';
import { fileName } from '../../lib/file-name.ts';
import type { TextValues } from '../../lib/text.ts';

const counts = z.object({ added: z.number(), changed: z.number(), removed: z.number() });
const RESULTS = {
  pull: z.object({ listings: counts, orders: counts, quarantined: z.number(), failed: z.array(z.unknown()) }),
  publish: z.object({
    verified: z.number(),
    rejected: z.array(z.unknown()),
    conflicts: z.array(z.unknown()),
    waiting: z.array(z.object({ ops: z.number() })),
  }),
  applied: z.object({
    created: z.number(),
    changed: z.number(),
    unchanged: z.number(),
    skippedTotal: z.number(),
  }),
  preview: z.object({
    create: z.number(),
    change: z.number(),
    unchanged: z.number(),
    skippedTotal: z.number(),
  }),
  export: z.object({ file: z.string(), rows: z.number() }),
  quality: z.object({ listings: z.number() }),
  forecast: z.object({ skus: z.number(), models: z.number() }),
  validate: z.object({ asked: z.number(), findings: z.number() }),
  market: z.object({ figures: z.number(), rules: z.number() }),
  backup: z.object({ file: z.string(), bytes: z.number(), listings: z.number(), orders: z.number() }),
} as const;

export interface Outcome {
  /** The text is `jobs.outcome.<text>`. */
  readonly text: keyof typeof RESULTS;
  readonly values: TextValues;
}

/** What came of a finished job, for the sentence about it; null when there is nothing to tell. */
export function outcomeOf({ kind, result }: Pick<Job, 'kind' | 'result'>): Outcome | null {
  switch (kind) {
    case 'pull': {
      const { data } = RESULTS.pull.safeParse(result);
      return (
        (data && {
          text: 'pull',
          values: {
            listings: data.listings.added + data.listings.changed + data.listings.removed,
            orders: data.orders.added + data.orders.changed,
            quarantined: data.quarantined,
            failed: data.failed.length,
          },
        }) ??
        null
      );
    }
    case 'publish': {
      const { data } = RESULTS.publish.safeParse(result);
      if (!data) return null;
      return {
        text: 'publish',
        values: {
          verified: data.verified,
          rejected: data.rejected.length,
          conflicts: data.conflicts.length,
          waiting: data.waiting.reduce((sum, { ops }) => sum + ops, 0),
        },
      };
    }
    case 'import': {
      const applied = RESULTS.applied.safeParse(result);
      if (applied.success) return { text: 'applied', values: applied.data };
      const preview = RESULTS.preview.safeParse(result);
      return preview.success ? { text: 'preview', values: preview.data } : null;
    }
    case 'export': {
      const { data } = RESULTS.export.safeParse(result);
      return data ? { text: 'export', values: { ...data, file: fileName(data.file) } } : null;
    }
    case 'forecast': {
      const { data } = RESULTS.forecast.safeParse(result);
      return data ? { text: 'forecast', values: data } : null;
    }
    case 'validate': {
      const { data } = RESULTS.validate.safeParse(result);
      return data ? { text: 'validate', values: data } : null;
    }
    case 'quality': {
      const { data } = RESULTS.quality.safeParse(result);
      return data ? { text: 'quality', values: data } : null;
    }
    case 'market': {
      const { data } = RESULTS.market.safeParse(result);
      return data ? { text: 'market', values: data } : null;
    }
    case 'backup': {
      const { data } = RESULTS.backup.safeParse(result);
      return data
        ? { text: 'backup', values: { ...data, file: fileName(data.file), mb: data.bytes / 1_000_000 } }
        : null;
    }
    case 'verify':
      return null;
  }
}
