import type { MethodName } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../../db/statement.ts';
import { addConflictRule, listConflictRules, removeConflictRule } from '../../sync/conflict-rules.ts';
import { listConflicts, resolveConflicts } from '../../sync/conflicts.ts';
import { listHolds, pauseSending, resumeSending } from '../../sync/holds.ts';
import { readOps } from '../../sync/op-rows.ts';
import { settleOp } from '../../sync/outbox.ts';
import { previewPublish, publish } from '../../sync/publish.ts';
import {
  addSchedule,
  fireDue,
  fireNow,
  listSchedules,
  reschedule,
  unschedule,
} from '../../sync/schedules.ts';
import { tryOnChannel } from '../../sync/try-on-channel.ts';
import type { Handlers } from '../handler.ts';

type Area = Extract<MethodName, `publish.${string}` | `outbox.${string}` | `conflicts.${string}`>;

const steps = sql<{ op: number }, { at: number; step: string; text: string }>(
  'SELECT at_ms AS at, step, text FROM op_step WHERE op_rid = :op ORDER BY seq',
);

export const publishHandlers: Handlers<Area> = {
  'publish.preview': (engine, input) => previewPublish(engine, input),
  'publish.validate': (engine, input, call) => tryOnChannel(engine, input, call.signal),
  'publish.run': async (engine, input, call) => {
    // Whoever publishes keeps the appointments, too: no window needs to be open.
    await fireDue(engine, call.signal);
    return publish(engine, input, call.signal);
  },
  'publish.pause': (engine, input, call) => pauseSending(engine, input, call),
  'publish.resume': (engine, input, call) => resumeSending(engine, input, call),
  'publish.paused': ({ db }) => ({ paused: listHolds(db) }),
  'publish.schedule': (engine, input, call) => addSchedule(engine, input, call),
  'publish.scheduled': ({ db }) => ({ schedules: listSchedules(db) }),
  'publish.scheduleNow': (engine, input, call) => fireNow(engine, input.scheduleId, call.signal),
  'publish.unschedule': (engine, input, call) => unschedule(engine, input, call),
  'publish.reschedule': (engine, input, call) => reschedule(engine, input, call),
  'publish.retry': ({ db, ports, bus }, input) => {
    const chosen = input.opIds ? ' AND o.rid IN (SELECT value FROM json_each(:rids))' : '';
    const params: Record<string, string> = input.opIds
      ? { rids: JSON.stringify(input.opIds.map(Number)) }
      : {};
    const queued = db.transaction(() => {
      const ops = readOps(db, `o.state = 'rejected'${chosen}`, params);
      for (const { row } of ops) settleOp(db, row.rid, 'pending', ports.clock.now(), null, null);
      return ops.length;
    });
    bus.emit('outbox');
    bus.emit('listings');
    return { queued };
  },
  'outbox.query': ({ db }, input) => {
    const parts = ['1'];
    const params: Record<string, string | number> = { limit: input.limit ?? 200, offset: input.offset ?? 0 };
    if (input.accountId) {
      parts.push('a.id = :account');
      params['account'] = input.accountId;
    }
    if (input.states) {
      parts.push('o.state IN (SELECT value FROM json_each(:states))');
      params['states'] = JSON.stringify(input.states);
    } else {
      parts.push("o.state NOT IN ('superseded', 'cancelled')");
    }
    if (input.listingId) {
      const listing = '(SELECT x.rid FROM listing x WHERE x.id = :listing)';
      const product = '(SELECT x.product_rid FROM listing x WHERE x.id = :listing)';
      parts.push(
        `((o.entity = 'listing' AND o.entity_rid = ${listing}) OR (o.entity = 'product' AND o.entity_rid = ${product}))`,
      );
      params['listing'] = input.listingId;
    }
    if (input.orderId) {
      parts.push(
        "o.entity = 'shipment' AND o.entity_rid IN (SELECT s2.rid FROM shipment s2 JOIN sales_order x ON x.rid = s2.order_rid WHERE x.id = :order)",
      );
      params['order'] = input.orderId;
    }
    const where = parts.join(' AND ');
    const { limit: _limit, offset: _offset, ...counted } = params;
    const total = db.getComposed<{ n: number }>(
      `SELECT count(*) AS n FROM outbox o JOIN account a ON a.rid = o.account_rid WHERE ${where}`,
      counted,
    );
    return {
      total: total?.n ?? 0,
      ops: readOps(db, where, params, 'ORDER BY o.rid DESC LIMIT :limit OFFSET :offset').map(({ op }) => op),
    };
  },
  'outbox.trail': ({ db }, { opId }) => {
    const [found] = readOps(db, 'o.rid = :rid', { rid: Number(opId) });
    if (!found) throw new CodedError('NOT_FOUND', `There is no queued change ${opId}`, { opId });
    return { op: found.op, steps: db.all(steps, { op: Number(opId) }) };
  },
  'conflicts.list': (engine) => listConflicts(engine),
  'conflicts.resolve': (engine, input, call) => resolveConflicts(engine, input, call),
  'conflicts.rules': ({ db }) => ({ rules: listConflictRules(db) }),
  'conflicts.addRule': (engine, input, call) => addConflictRule(engine, input, call),
  'conflicts.removeRule': (engine, input, call) => removeConflictRule(engine, input, call),
};
