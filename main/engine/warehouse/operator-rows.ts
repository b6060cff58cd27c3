import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

export interface StoredOperator {
  rid: number;
  id: string;
  name: string;
  pin_hash: string;
  badge_hash: string | null;
  failed: number;
  locked_until_ms: number;
  archived_at_ms: number | null;
}

const COLUMNS = 'rid, id, name, pin_hash, badge_hash, failed, locked_until_ms, archived_at_ms';
const all = sql<Record<string, never>, StoredOperator>(
  `SELECT ${COLUMNS} FROM operator WHERE removed_at_ms IS NULL ORDER BY name`,
);
const byId = sql<{ id: string }, StoredOperator>(
  `SELECT ${COLUMNS} FROM operator WHERE id = :id AND removed_at_ms IS NULL`,
  { hot: true },
);
const byBadge = sql<{ hash: string }, StoredOperator>(
  `SELECT ${COLUMNS} FROM operator WHERE badge_hash = :hash AND removed_at_ms IS NULL AND archived_at_ms IS NULL`,
  { hot: true },
);

export const readOperators = (db: Database): StoredOperator[] => db.all(all, {});
export const operatorByBadge = (db: Database, hash: string): StoredOperator | null =>
  db.get(byBadge, { hash }) ?? null;

/** An operator who still works here. */
export function requireOperator(db: Database, operatorId: string): StoredOperator {
  const operator = db.get(byId, { id: operatorId });
  if (!operator) throw new CodedError('NOT_FOUND', `There is no operator ${operatorId}`, { operatorId });
  if (operator.archived_at_ms !== null) {
    throw new CodedError('INVALID_STATE', `${operator.name} does not work here any more`, { operatorId });
  }
  return operator;
}
