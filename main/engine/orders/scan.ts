import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { remaining, toFind } from '#shared/domain/order-states.ts';
import { sql } from '../db/statement.ts';
import { addOrderEvent } from './events.ts';
import { readLines, requireOrder, toOrderLine, type StoredLine, type StoredOrder } from './order-rows.ts';
import { assertOpen } from './assert-open.ts';
import { refreshOrder, sameSku, writeTakes, type OrdersDeps, type StepCall } from './steps.ts';

type ScanResult = Result<'orders.scan'>;

const findScan = sql<
  { id: string },
  { outcome: ScanResult['outcome']; line_rid: number | null; command: string | null }
>(
  'SELECT s.outcome, s.line_rid, c.id AS command FROM scan s LEFT JOIN command c ON c.rid = s.command_rid WHERE s.id = :id',
  { hot: true },
);
const insertScan = sql<{
  id: string;
  order: number;
  step: string;
  code: string;
  outcome: string;
  line: number | null;
  command: number | null;
  at: number;
  actor: string;
}>(
  `INSERT INTO scan (id, order_rid, step, code, outcome, line_rid, command_rid, at_ms, actor)
   VALUES (:id, :order, :step, :code, :outcome, :line, :command, :at, :actor)`,
);

/**
 * One scan at a station takes one unit of the line it belongs to. Every scan
 * is written down before it is answered, and a scan id counts once, so neither
 * a burst nor a repeated message can count twice.
 */
export function scan(deps: OrdersDeps, input: ParsedParams<'orders.scan'>, call: StepCall): ScanResult {
  const { journal } = deps;
  const order = requireOrder(journal.db, input.orderId);
  const repeated = journal.db.get(findScan, { id: input.scanId });
  if (repeated) return answer(deps, order, input, repeated.outcome, repeated.line_rid, repeated.command);
  const { result, commandId } = journal.run(
    {
      method: 'orders.scan',
      label: `${input.step === 'pick' ? 'Pick' : 'Pack'} ${input.code}`,
      actor: call.actor,
      reversible: true,
    },
    (scope) => {
      assertOpen(order, input.step);
      const lines = readLines(scope.db, order.rid);
      const matching = lines.filter((line) => matches(line, input.code));
      const line = matching.find((candidate) => remaining(input.step, candidate) > 0) ?? matching[0] ?? null;
      const outcome = judge(input.step, lines, line);
      const taken = outcome === 'taken' || outcome === 'complete';
      if (taken && line) {
        writeTakes(scope, input.step, [{ line, quantity: 1 }]);
        refreshOrder(scope, order);
        addOrderEvent(
          scope.db,
          order.rid,
          scope.atMs,
          call.actor,
          input.step === 'pick' ? 'picked' : 'packed',
          { units: 1 },
        );
      }
      scope.db.run(insertScan, {
        id: input.scanId,
        order: order.rid,
        step: input.step,
        code: input.code,
        outcome,
        line: line?.rid ?? null,
        // A refused scan changes nothing, so its command is not kept.
        command: taken ? scope.rid : null,
        at: scope.atMs,
        actor: call.actor,
      });
      return { outcome, line: line?.rid ?? null };
    },
  );
  return answer(deps, order, input, result.outcome, result.line, commandId);
}

const COLUMN = { pick: 'picked', pack: 'packed' } as const;

/** Whether a scanned code names the article of a line. */
export function matches(line: StoredLine, code: string): boolean {
  return sameSku(line, code) || (line.gtin !== null && line.gtin === code.trim());
}

function judge(
  step: 'pick' | 'pack',
  lines: readonly StoredLine[],
  line: StoredLine | null,
): ScanResult['outcome'] {
  if (!line) return 'wrong_item';
  if (remaining(step, line) <= 0) return 'too_many';
  const after = lines.map((candidate) =>
    candidate === line ? { ...candidate, [COLUMN[step]]: candidate[COLUMN[step]] + 1 } : candidate,
  );
  const open =
    step === 'pick'
      ? after.some((candidate) => toFind(candidate) > 0)
      : after.some((candidate) => toFind(candidate) > 0 || remaining('pack', candidate) > 0);
  return open ? 'taken' : 'complete';
}

function answer(
  deps: OrdersDeps,
  order: StoredOrder,
  input: ParsedParams<'orders.scan'>,
  outcome: ScanResult['outcome'],
  lineRid: number | null,
  commandId: string | null,
): ScanResult {
  const { db } = deps.journal;
  const lines = readLines(db, order.rid);
  const line = lines.find((candidate) => candidate.rid === lineRid);
  const done = (candidate: StoredLine): number =>
    input.step === 'pick' ? candidate.picked : candidate.packed;
  return {
    outcome,
    line: line ? toOrderLine(line, order.currency) : null,
    state: requireOrder(db, order.id).state,
    done: lines.reduce((sum, candidate) => sum + done(candidate), 0),
    total: lines.reduce((sum, candidate) => sum + candidate.quantity, 0),
    commandId,
  };
}
