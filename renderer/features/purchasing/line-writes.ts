import type { Params, Result } from '#shared/contract/methods.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { parseCellText } from '#shared/grid/parse-cell.ts';
import type { GridOutcome, GridPaste, GridRejection, GridUndo, GridWrites } from '../../grid/contract.ts';
import type { EngineClient } from '../../lib/engine-client.ts';
import { isLineKey, LINE_TYPES, type LineSource } from './line-source.ts';

type Change = NonNullable<Params<'purchasing.editLines'>['change']>[number];
type Cells = Map<string, { -readonly [K in keyof Change]: Change[K] }>;
type Caller = Pick<EngineClient, 'call'>;

const NOTHING: GridOutcome = { commandId: null, applied: 0, unchanged: 0, rejected: [], rejectedTotal: 0 };

/** The one write path of an order's lines: every batch of cells is one step. */
export function lineWrites(
  engine: Caller,
  orderId: string,
  currency: string,
  source: LineSource,
  onDone: (outcome: Result<'purchasing.editLines'>) => void,
): GridWrites {
  const send = async (cells: Cells, refused: readonly GridRejection[]): Promise<GridOutcome> => {
    const bad = { rejected: refused, rejectedTotal: refused.length };
    if (cells.size === 0) return { ...NOTHING, ...bad };
    const outcome = await engine.call('purchasing.editLines', { orderId, change: [...cells.values()] });
    onDone(outcome);
    const rejected = outcome.rejected.map(({ lineId, field, code, message }) => ({
      id: lineId,
      key: field,
      code,
      message,
    }));
    return {
      commandId: outcome.commandId,
      applied: outcome.applied,
      unchanged: outcome.unchanged,
      rejected: [...refused, ...rejected],
      rejectedTotal: refused.length + rejected.length,
    };
  };
  const put = (cells: Cells, lineId: string, key: string, value: WireValue): void => {
    const change = cells.get(lineId) ?? { lineId };
    if (key === 'quantity' && typeof value === 'number') change.quantity = value;
    else if (key === 'price' && (value === null || typeof value === 'string')) change.price = value;
    else if (key === 'expectedOn' && (value === null || typeof value === 'string')) change.expectedOn = value;
    else return;
    cells.set(lineId, change);
  };
  const paste = (pastes: readonly GridPaste[]): Promise<GridOutcome> => {
    const cells: Cells = new Map();
    const refused: GridRejection[] = [];
    for (const { fromRow, rows, keys, block, locale } of pastes) {
      for (const [index, line] of source.lines.slice(fromRow, fromRow + rows).entries()) {
        const texts = block[index % block.length] ?? [];
        for (const [column, key] of keys.entries()) {
          const text = texts[column] ?? null;
          if (text === null || !isLineKey(key)) continue;
          const clearable = key === 'price' || key === 'expectedOn';
          const parsed = parseCellText({ name: key, type: LINE_TYPES[key], clearable }, text, {
            locale,
            currency,
          });
          if (parsed.ok) put(cells, line.lineId, key, parsed.value);
          else refused.push({ id: line.lineId, key, code: parsed.code, message: parsed.message });
        }
      }
    }
    return send(cells, refused);
  };
  const setAll: GridWrites['set'] = (ranges, value) => {
    const cells: Cells = new Map();
    for (const { fromRow, toRow, keys } of ranges) {
      for (const line of source.lines.slice(fromRow, toRow + 1)) {
        for (const key of keys) put(cells, line.lineId, key, value);
      }
    }
    return send(cells, []);
  };
  const stepBack = async (method: 'history.undo' | 'history.redo'): Promise<GridUndo | null> => {
    try {
      const { label, applied, changedSinceTotal } = await engine.call(method, {});
      return { label, applied, changedSince: changedSinceTotal };
    } catch (error) {
      const nothing =
        error instanceof CodedError && ['NOTHING_TO_UNDO', 'NOTHING_TO_REDO'].includes(error.code);
      if (nothing) return null;
      throw error;
    }
  };
  return {
    edit: (changes) => {
      const cells: Cells = new Map();
      for (const { id, key, value } of changes) put(cells, id, key, value);
      return send(cells, []);
    },
    paste: (one) => paste([one]),
    pasteAll: paste,
    clear: (ranges) => setAll(ranges, null),
    set: setAll,
    undo: () => stepBack('history.undo'),
    redo: () => stepBack('history.redo'),
  };
}
