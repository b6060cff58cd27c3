import type { Result } from '#shared/contract/methods.ts';
import type { Task } from '#shared/contract/workspace.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { lotsExpiring } from '../inventory/item-detail.ts';
import { knownGaps } from '../inventory/stock-gaps.ts';
import { alerts } from '../purchasing/supplier-detail.ts';
import { listAccounts, type AccountRow } from '../sync/accounts.ts';
import { outboxCounts } from './status.ts';

const DAY = 86_400_000;
/** Lots and agreements that end later than this are nobody's task yet. */
const SOON_DAYS = 30;
/** An agreement that ends within a week, or has ended, is no longer for when there is time. */
const PRESSING_DAYS = 7;

const queue = sql<{ now: number; soon: number }, { late: number; due: number; first: number | null }>(
  `SELECT count(*) FILTER (WHERE ship_by_at_ms < :now) AS late,
     count(*) FILTER (WHERE ship_by_at_ms >= :now AND ship_by_at_ms < :soon) AS due,
     min(ship_by_at_ms) FILTER (WHERE ship_by_at_ms >= :now) AS first
   FROM sales_order WHERE state IN ('ready', 'picking', 'picked', 'packed')`,
);
const outOfStock = sql<Record<string, never>, { n: number; sku: string | null }>(
  `SELECT count(*) AS n, min(l.sku) AS sku FROM listing l JOIN product p ON p.rid = l.product_rid
   JOIN account a ON a.rid = l.account_rid
   WHERE l.removed_at_ms IS NULL AND a.removed_at_ms IS NULL AND p.status = 'publish' AND l.manage_stock = 1 AND l.quantity <= 0`,
);
const quarantined = sql<Record<string, never>, { n: number }>('SELECT count(*) AS n FROM quarantine');
const lastBackup = sql<Record<string, never>, { at: number | null }>('SELECT max(at_ms) AS at FROM backup');

/** What needs a person now, the most urgent first. */
function tasks(engine: Engine, accounts: readonly AccountRow[]): Task[] {
  const { db } = engine;
  const now = engine.ports.clock.now();
  const found: Task[] = [];
  const add = (
    kind: Task['kind'],
    count: number,
    severity: Task['severity'],
    facts: Task['facts'] = {},
  ): void => {
    if (count > 0) found.push({ id: kind, kind, count, severity, facts });
  };
  const orders = db.get(queue, { now, soon: now + DAY });
  add('orders_late', orders?.late ?? 0, 'urgent');
  for (const account of accounts.filter((row) => row.status === 'auth_required')) {
    found.push({
      id: `auth:${account.id}`,
      kind: 'auth_required',
      count: 1,
      severity: 'urgent',
      facts: { account: account.name, accountId: account.id },
    });
  }
  const outbox = outboxCounts(engine);
  add('conflicts', outbox.conflicts, 'urgent');
  add('orders_due', orders?.due ?? 0, 'soon', orders?.first ? { shipBy: orders.first } : {});
  add('rejected', outbox.rejected, 'soon');
  const empty = db.get(outOfStock, {});
  add('stock_out', empty?.n ?? 0, 'soon', empty?.sku ? { sku: empty.sku } : {});
  const gaps = knownGaps(db);
  add('stock_gaps', gaps.n, 'soon', {
    ...(gaps.sku ? { sku: gaps.sku } : {}),
    ...(gaps.since ? { since: gaps.since } : {}),
  });
  const { overdue, terms } = alerts(db, { withinDays: SOON_DAYS }, now);
  const [late] = overdue;
  if (late) {
    add('purchases_late', overdue.length, 'soon', {
      number: late.number,
      supplier: late.supplier,
      days: late.daysLate,
      units: late.openUnits,
      ...(overdue.length === 1 ? { orderId: late.orderId } : {}),
    });
  }
  const lots = lotsExpiring(db, SOON_DAYS, now);
  if (lots.first)
    add('lots_expiring', lots.count, 'soon', { sku: lots.first.sku, days: lots.first.expiresInDays });
  const [ending] = terms;
  const endingFacts: Task['facts'] = ending
    ? { supplier: ending.supplier, supplierId: ending.supplierId, days: ending.endsInDays }
    : {};
  const pressing = ending !== undefined && ending.endsInDays <= PRESSING_DAYS;
  if (pressing) add('terms_ending', terms.length, 'soon', endingFacts);
  add('quarantined', db.get(quarantined, {})?.n ?? 0, 'soon');
  for (const account of accounts.filter((row) => row.offline_since_ms !== null && row.status === 'active')) {
    found.push({
      id: `offline:${account.id}`,
      kind: 'offline',
      count: 1,
      severity: 'info',
      facts: { account: account.name, accountId: account.id, since: account.offline_since_ms ?? 0 },
    });
  }
  add('unpublished', outbox.unpublished, 'info');
  if (!pressing) add('terms_ending', terms.length, 'info', endingFacts);
  const backup = db.get(lastBackup, {})?.at ?? null;
  if (accounts.length > 0 && (backup === null || now - backup > 7 * DAY)) {
    found.push({
      id: 'no_backup',
      kind: 'no_backup',
      count: 1,
      severity: 'info',
      facts: backup === null ? {} : { at: backup },
    });
  }
  if (accounts.length === 0)
    found.push({ id: 'no_account', kind: 'no_account', count: 1, severity: 'info', facts: {} });
  return found;
}

const pulse = sql<
  { account: number; today: number; week: number },
  { ordersToday: number; salesToday: number | null; orders7d: number; sales7d: number | null }
>(
  `SELECT count(*) FILTER (WHERE placed_at_ms >= :today) AS ordersToday,
     sum(total_minor) FILTER (WHERE placed_at_ms >= :today) AS salesToday,
     count(*) AS orders7d, sum(total_minor) AS sales7d
   FROM sales_order WHERE account_rid = :account AND placed_at_ms >= :week AND state <> 'cancelled'`,
);
const daily = sql<{ account: number; from: number; day: number }, { day: number; n: number }>(
  `SELECT CAST((placed_at_ms - :from) / :day AS INTEGER) AS day, count(*) AS n FROM sales_order
   WHERE account_rid = :account AND placed_at_ms >= :from AND state <> 'cancelled' GROUP BY 1`,
);
const accountOut = sql<{ account: number }, { n: number }>(
  `SELECT count(*) AS n FROM listing l JOIN product p ON p.rid = l.product_rid
   WHERE l.account_rid = :account AND l.removed_at_ms IS NULL AND p.status = 'publish' AND l.manage_stock = 1 AND l.quantity <= 0`,
);

export function readToday(engine: Engine): Result<'today.get'> {
  const accounts = listAccounts(engine.db).filter((account) => account.platform !== 'local');
  const now = engine.ports.clock.now();
  return {
    tasks: tasks(engine, accounts),
    pulse: accounts.map((account) => {
      const today = startOfDay(now, account.time_zone);
      const from = today - 13 * DAY;
      const row = engine.db.get(pulse, { account: account.rid, today, week: today - 6 * DAY });
      const days = new Map(
        engine.db.all(daily, { account: account.rid, from, day: DAY }).map(({ day, n }) => [day, n]),
      );
      const money = (minor: number | null | undefined): { minor: number; currency: string } | null =>
        account.currency === null ? null : { minor: minor ?? 0, currency: account.currency };
      return {
        accountId: account.id,
        name: account.name,
        platform: account.platform,
        ordersToday: row?.ordersToday ?? 0,
        salesToday: money(row?.salesToday),
        orders7d: row?.orders7d ?? 0,
        sales7d: money(row?.sales7d),
        daily: Array.from({ length: 14 }, (_, day) => days.get(day) ?? 0),
        outOfStock: engine.db.get(accountOut, { account: account.rid })?.n ?? 0,
        readAt: account.last_pull_at_ms,
      };
    }),
  };
}

/** Midnight of the shop's zone before `now`. */
export function startOfDay(now: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: safeZone(timeZone),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string): number => Number(parts.find((item) => item.type === type)?.value ?? 0);
  return now - ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1000 - (now % 1000);
}

function safeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
