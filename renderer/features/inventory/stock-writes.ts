import type { AdjustReason } from '#shared/domain/inventory/reasons.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { parseCellText } from '#shared/grid/parse-cell.ts';
import type {
  GridOutcome,
  GridPaste,
  GridRange,
  GridRejection,
  GridUndo,
  GridWrites,
} from '../../grid/contract.ts';
import { locationOfKey, placeKey, type Caller, type StockSource } from './stock-source.ts';

/** What a person says to a batch of changes; null when they thought better of it. */
export interface GivenReason {
  readonly reason: AdjustReason;
  readonly note: string;
}

interface Change {
  readonly itemId: string;
  readonly locationId: string;
  readonly onHand: number;
}

const NOTHING: GridOutcome = { commandId: null, applied: 0, unchanged: 0, rejected: [], rejectedTotal: 0 };

/**
 * The one write path of the stock sheet: every batch of cells asks for its
 * reason once and becomes one adjustment. `label` names the undo step.
 */
export function stockWrites(
  engine: Caller,
  source: StockSource,
  ask: (cells: number) => Promise<GivenReason | null>,
  label: (cells: number) => string,
): GridWrites {
  const adjust = async (
    changes: readonly Change[],
    refused: readonly GridRejection[],
  ): Promise<GridOutcome> => {
    const bad = { rejected: refused, rejectedTotal: refused.length };
    if (changes.length === 0) return { ...NOTHING, ...bad };
    const given = await ask(changes.length);
    if (!given) return NOTHING;
    const outcome = await engine.call('inventory.adjust', {
      ...given,
      label: label(changes.length),
      changes: [...changes],
    });
    return {
      ...outcome,
      rejected: [
        ...refused,
        ...outcome.rejected.map(({ listingId, field, code, message }) => ({
          id: listingId,
          key: placeKey(field),
          code,
          message,
        })),
      ],
      rejectedTotal: outcome.rejectedTotal + refused.length,
    };
  };
  const paste = async (pastes: readonly GridPaste[]): Promise<GridOutcome> => {
    const changes: Change[] = [];
    const refused: GridRejection[] = [];
    for (const { fromRow, rows, keys, block, locale } of pastes) {
      const targets = await source.between(fromRow, fromRow + rows - 1);
      for (const [index, row] of targets.entries()) {
        const texts = block[index % block.length] ?? [];
        for (const [column, key] of keys.entries()) {
          const locationId = locationOfKey(key);
          const text = texts[column] ?? null;
          if (!row || locationId === null || text === null) continue;
          const parsed = parseCellText({ name: key, type: 'integer', clearable: false }, text, {
            locale,
            currency: 'EUR',
          });
          if (parsed.ok) changes.push({ itemId: row.itemId, locationId, onHand: Number(parsed.value) });
          else refused.push({ id: row.itemId, key, code: parsed.code, message: parsed.message });
        }
      }
    }
    return adjust(changes, refused);
  };
  const stepBack = async (method: 'history.undo' | 'history.redo'): Promise<GridUndo | null> => {
    try {
      const { label: what, applied, changedSinceTotal } = await engine.call(method, {});
      return { label: what, applied, changedSince: changedSinceTotal };
    } catch (error) {
      const nothing =
        error instanceof CodedError && ['NOTHING_TO_UNDO', 'NOTHING_TO_REDO'].includes(error.code);
      if (nothing) return null;
      throw error;
    }
  };
  return {
    edit: (changes) =>
      adjust(
        changes.flatMap(({ id, key, value }) => {
          const locationId = locationOfKey(key);
          return locationId === null ? [] : [{ itemId: id, locationId, onHand: Number(value) }];
        }),
        [],
      ),
    paste: (one) => paste([one]),
    pasteAll: paste,
    // Stock is a number or 0: there is nothing to empty.
    clear: () => Promise.resolve(NOTHING),
    set: async (ranges: readonly GridRange[], value) => {
      const changes: Change[] = [];
      for (const { fromRow, toRow, keys } of ranges) {
        for (const row of await source.between(fromRow, toRow)) {
          for (const key of keys) {
            const locationId = locationOfKey(key);
            if (row && locationId !== null) {
              changes.push({ itemId: row.itemId, locationId, onHand: Number(value) });
            }
          }
        }
      }
      return adjust(changes, []);
    },
    undo: () => stepBack('history.undo'),
    redo: () => stepBack('history.redo'),
  };
}
