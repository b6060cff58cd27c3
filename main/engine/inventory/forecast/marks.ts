import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { isDay } from '#shared/domain/purchasing/calendar-day.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/statement.ts';
import type { InventoryCall, InventoryDeps } from '../caller.ts';
import { itemOfCode } from '../places.ts';
import { createRecord, removeRecord } from '../record-log.ts';

const allMarks = sql<
  Record<string, never>,
  { id: string; sku: string | null; name: string; from_day: string; to_day: string }
>(
  `SELECT d.id, i.sku, d.name, d.from_day, d.to_day FROM demand_mark d LEFT JOIN stock_item i ON i.rid = d.item_rid
   WHERE d.removed_at_ms IS NULL ORDER BY d.from_day DESC, d.rid DESC LIMIT 1000`,
);
const markById = sql<{ id: string }, { rid: number; name: string }>(
  'SELECT rid, name FROM demand_mark WHERE id = :id AND removed_at_ms IS NULL',
  { hot: true },
);

export function listMarks(db: Database): Result<'forecast.marks'> {
  return {
    marks: db.all(allMarks, {}).map(({ id, sku, name, from_day, to_day }) => ({
      markId: id,
      sku,
      name,
      fromDay: from_day,
      toDay: to_day,
    })),
  };
}

export function addMark(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'forecast.mark'>,
  call: InventoryCall,
): Result<'forecast.mark'> {
  for (const field of ['fromDay', 'toDay'] as const) {
    if (!isDay(input[field])) {
      throw new CodedError('INVALID_VALUE', `${input[field]} is no day of the calendar`, { field });
    }
  }
  if (input.toDay < input.fromDay) {
    throw new CodedError('INVALID_VALUE', 'The last day lies before the first', { field: 'toDay' });
  }
  const { result, commandId } = journal.run(
    {
      method: 'forecast.mark',
      label: `Mark days ${input.name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const item = input.sku === undefined ? 0 : itemOfCode(scope, ports, input.sku).rid;
      const { id } = createRecord(scope, ports, 'demand_mark', {
        item_rid: item,
        name: input.name,
        from_day: input.fromDay,
        to_day: input.toDay,
      });
      return { markId: id };
    },
  );
  return { commandId, ...result };
}

export function removeMark(
  { journal }: InventoryDeps,
  input: ParsedParams<'forecast.unmark'>,
  call: InventoryCall,
): Result<'forecast.unmark'> {
  const mark = journal.db.get(markById, { id: input.markId });
  if (!mark) throw new CodedError('NOT_FOUND', `There is no mark ${input.markId}`, { markId: input.markId });
  const { commandId } = journal.run(
    {
      method: 'forecast.unmark',
      label: `Unmark days ${mark.name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      removeRecord(scope, 'demand_mark', mark.rid);
      return {};
    },
  );
  return { commandId };
}
