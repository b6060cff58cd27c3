import type { UndoOutcome } from '#shared/contract/history.ts';
import type { EditOutcome } from '#shared/contract/listings.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { listingField } from '#shared/domain/listing-fields.ts';
import type { GridOutcome, GridPaste, GridRange, GridUndo, GridWrites } from '../../grid/contract.ts';
import { fieldsOf, type Caller } from './grid-source.ts';

/** Names of undo steps in the person's language. */
export interface WriteLabels {
  readonly edit: (keys: readonly string[], cells: number) => string;
  readonly paste: (kind: GridPaste['kind'], rows: number, columns: number) => string;
  readonly clear: (cells: number) => string;
  readonly set: (cells: number) => string;
}

export function toOutcome(outcome: EditOutcome): GridOutcome {
  return {
    ...outcome,
    rejected: outcome.rejected.map(({ listingId, field, code, message }) => ({
      id: listingId,
      key: field,
      code,
      message,
    })),
  };
}

export function toUndo({ label, applied, changedSinceTotal }: UndoOutcome): GridUndo {
  return { label, applied, changedSince: changedSinceTotal };
}

/** A paste of fields only: columns that are none are dropped from the keys and from the block. */
export function fieldsOfPaste(paste: Pick<GridPaste, 'keys' | 'block'>): {
  fields: ReturnType<typeof fieldsOf>;
  block: (string | null)[][];
} {
  const kept = paste.keys.flatMap((key, column) => (listingField(key) ? [column] : []));
  return {
    fields: fieldsOf(paste.keys),
    block: paste.block.map((texts) => kept.map((column) => texts[column] ?? null)),
  };
}

const NOTHING: GridOutcome = { commandId: null, applied: 0, unchanged: 0, rejected: [], rejectedTotal: 0 };

/** Undo and redo of the newest step, whatever it was. */
export function undoWrites(engine: Caller): Pick<GridWrites, 'undo' | 'redo'> {
  const stepBack = async (method: 'history.undo' | 'history.redo'): Promise<GridUndo | null> => {
    try {
      return toUndo(await engine.call(method, {}));
    } catch (error) {
      const nothing =
        error instanceof CodedError && ['NOTHING_TO_UNDO', 'NOTHING_TO_REDO'].includes(error.code);
      if (nothing) return null;
      throw error;
    }
  };
  return { undo: () => stepBack('history.undo'), redo: () => stepBack('history.redo') };
}

/** The one write path of the spreadsheet over `listings.*` and `history.*`; `viewId` names the view at hand. */
export function engineWrites(engine: Caller, viewId: string, labels: WriteLabels): GridWrites {
  const overRanges = async (
    ranges: readonly GridRange[],
    value: Parameters<GridWrites['set']>[1],
    label: (cells: number) => string,
  ): Promise<GridOutcome> => {
    const wanted = ranges
      .map(({ fromRow, toRow, keys }) => ({ fromRow, toRow, fields: fieldsOf(keys) }))
      .filter(({ fields }) => fields.length > 0);
    if (wanted.length === 0) return NOTHING;
    const cells = wanted.reduce(
      (sum, { fromRow, toRow, fields }) => sum + (toRow - fromRow + 1) * fields.length,
      0,
    );
    return toOutcome(
      await engine.call('listings.setRanges', {
        viewId,
        ranges: wanted,
        value,
        label: label(cells),
      }),
    );
  };
  return {
    edit: async (changes) => {
      const label = labels.edit([...new Set(changes.map(({ key }) => key))], changes.length);
      const outcome = await engine.call('listings.edit', {
        label,
        changes: changes.map(({ id, key, value }) => ({ listingId: id, field: key, value })),
      });
      return toOutcome(outcome);
    },
    paste: async (paste) => {
      const { fields, block } = fieldsOfPaste(paste);
      if (fields.length === 0) return NOTHING;
      const outcome = await engine.call('listings.paste', {
        viewId,
        fromRow: paste.fromRow,
        fields,
        block,
        rows: paste.rows,
        locale: paste.locale,
        label: labels.paste(paste.kind, paste.rows, fields.length),
      });
      return toOutcome(outcome);
    },
    pasteAll: async (pastes) => {
      const targets = pastes
        .map((paste) => ({ fromRow: paste.fromRow, rows: paste.rows, ...fieldsOfPaste(paste) }))
        .filter(({ fields }) => fields.length > 0);
      const last = pastes.at(-1);
      const [first, ...also] = targets;
      if (!first || !last) return NOTHING;
      const outcome = await engine.call('listings.paste', {
        viewId,
        ...first,
        also,
        locale: last.locale,
        label: labels.paste(last.kind, last.rows, last.keys.length),
      });
      return toOutcome(outcome);
    },
    clear: (ranges) => overRanges(ranges, null, labels.clear),
    set: (ranges, value) => overRanges(ranges, value, labels.set),
    ...undoWrites(engine),
  };
}
