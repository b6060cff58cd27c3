import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { InventoryCall, InventoryDeps } from '../inventory/caller.ts';
import { createRecord, writeRecord } from '../inventory/record-log.ts';
import { operatorByBadge, readOperators, requireOperator, type StoredOperator } from './operator-rows.ts';
import { hashBadge, hashPin, isPin } from './pin.ts';

/** Wrong PINs in a row before the operator is locked, and for how long. */
export const MAX_TRIES = 5;
const LOCK_MS = 5 * 60_000;

export interface SignedIn {
  readonly operatorId: string;
  readonly name: string;
}

export function listOperators(
  { journal }: InventoryDeps,
  current: SignedIn | null,
  nowMs: number,
): Result<'operators.list'> {
  return {
    operators: readOperators(journal.db).map((one) => ({
      operatorId: one.id,
      name: one.name,
      hasBadge: one.badge_hash !== null,
      lockedUntil: one.locked_until_ms > nowMs ? one.locked_until_ms : null,
      archived: one.archived_at_ms !== null,
    })),
    current,
  };
}

export async function addOperator(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'operators.add'>,
  call: InventoryCall,
): Promise<Result<'operators.add'>> {
  const pin = await hashPin(input.pin);
  const badge = input.badge === undefined ? null : hashBadge(input.badge);
  const { result, commandId } = journal.run(
    {
      method: 'operators.add',
      label: `Add operator ${input.name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      assertFree(readOperators(scope.db), input.name, badge, null);
      const { id } = createRecord(scope, ports, 'operator', {
        name: input.name,
        pin_hash: pin,
        badge_hash: badge,
      });
      return { operatorId: id };
    },
  );
  return { commandId, ...result };
}

export async function editOperator(
  { journal }: InventoryDeps,
  input: ParsedParams<'operators.edit'>,
  call: InventoryCall,
): Promise<Result<'operators.edit'>> {
  const pin = input.pin === undefined ? undefined : await hashPin(input.pin);
  const badge = input.badge === undefined || input.badge === null ? input.badge : hashBadge(input.badge);
  const { commandId } = journal.run(
    {
      method: 'operators.edit',
      label: 'Change an operator',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const all = readOperators(scope.db);
      const operator =
        all.find(({ id }) => id === input.operatorId) ?? requireOperator(scope.db, input.operatorId);
      assertFree(all, input.name ?? operator.name, badge ?? null, operator.id);
      writeRecord(scope, 'operator', operator.rid, {
        name: input.name,
        pin_hash: pin,
        badge_hash: badge,
        archived_at_ms: input.archived === undefined ? undefined : input.archived ? scope.atMs : null,
      });
      return {};
    },
  );
  return { commandId };
}

function assertFree(
  all: readonly StoredOperator[],
  name: string,
  badge: string | null,
  own: string | null,
): void {
  const others = all.filter(({ id }) => id !== own);
  if (others.some((one) => one.name.toLowerCase() === name.toLowerCase())) {
    throw new CodedError('INVALID_VALUE', `There is an operator called "${name}" already`, { field: 'name' });
  }
  if (badge !== null && others.some((one) => one.badge_hash === badge)) {
    throw new CodedError('INVALID_VALUE', 'This badge belongs to somebody else', { field: 'badge' });
  }
}

/**
 * Checks a PIN or a badge. Wrong PINs are counted in the workspace, so neither
 * a restart nor another window gives more tries; the lock is not undone with
 * other steps.
 */
export async function signIn(
  { journal }: InventoryDeps,
  input: ParsedParams<'operators.signIn'>,
  call: InventoryCall,
  nowMs: number,
): Promise<Result<'operators.signIn'>> {
  if (input.badge !== undefined) {
    const found = operatorByBadge(journal.db, hashBadge(input.badge));
    return found ? right(found) : { ...WRONG, triesLeft: MAX_TRIES };
  }
  if (input.operatorId === undefined || input.pin === undefined) {
    throw new CodedError('BAD_INPUT', 'Say who signs in and give the PIN, or scan a badge', {
      field: 'operatorId',
    });
  }
  const before = requireOperator(journal.db, input.operatorId);
  if (before.locked_until_ms > nowMs) {
    return { ...WRONG, outcome: 'locked', lockedUntil: before.locked_until_ms, triesLeft: 0 };
  }
  const good = await isPin(input.pin, before.pin_hash);
  return journal.run(
    {
      method: 'operators.signIn',
      label: good ? `${before.name} signed in` : `Wrong PIN of ${before.name}`,
      actor: call.actor,
      reversible: false,
    },
    (scope): Result<'operators.signIn'> => {
      // Read again: other tries may have ended while this one was worked out.
      const operator = requireOperator(scope.db, before.id);
      if (operator.locked_until_ms > nowMs) {
        return { ...WRONG, outcome: 'locked', lockedUntil: operator.locked_until_ms, triesLeft: 0 };
      }
      if (good) {
        writeRecord(scope, 'operator', operator.rid, { failed: 0 });
        return right(operator);
      }
      const failed = operator.failed + 1;
      const locked = failed >= MAX_TRIES;
      writeRecord(scope, 'operator', operator.rid, {
        failed: locked ? 0 : failed,
        locked_until_ms: locked ? nowMs + LOCK_MS : undefined,
      });
      return {
        ...WRONG,
        outcome: locked ? 'locked' : 'wrong',
        lockedUntil: locked ? nowMs + LOCK_MS : null,
        triesLeft: locked ? 0 : MAX_TRIES - failed,
      };
    },
  ).result;
}

const WRONG = { outcome: 'wrong', operatorId: null, name: null, lockedUntil: null } as const;

const right = (operator: StoredOperator): Result<'operators.signIn'> => ({
  outcome: 'signed_in',
  operatorId: operator.id,
  name: operator.name,
  lockedUntil: null,
  triesLeft: MAX_TRIES,
});
