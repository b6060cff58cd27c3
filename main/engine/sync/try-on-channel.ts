import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { Finding } from '#shared/contract/publish.ts';
import type { TryFinding } from '../channels/contract.ts';
import type { Engine } from '../engine.ts';
import {
  channelContext,
  listAccounts,
  noteFailure,
  noteReached,
  requireAccount,
  type AccountRow,
} from './accounts.ts';
import { cellsThatWouldGo, type LeasedEntity } from './lease.ts';
import { scopeSql, type Scope } from './scope-sql.ts';
import { retrying } from './retry.ts';

/** Products that one call asks about. */
const STEP = 20;
const MOST_FINDINGS = 1_000;

type Tried = Result<'publish.validate'>;
type Skipped = Tried['skipped'];

/** Accounts of a scope whose channel can be asked. */
export function tryableAccounts(engine: Engine, { accountId }: Scope): AccountRow[] {
  const accounts = accountId ? [requireAccount(engine.db, accountId)] : listAccounts(engine.db);
  return accounts.filter(
    ({ platform }) => platform !== 'local' && engine.connectors.get(platform)?.tryListings !== undefined,
  );
}

/**
 * Has the channels say what they would refuse of the waiting changes, without
 * changing anything there or here. Stopped in the middle it tells what it knows
 * so far.
 */
export async function tryOnChannel(
  engine: Engine,
  input: ParsedParams<'publish.validate'>,
  signal: AbortSignal,
): Promise<Tried> {
  const work = tryableAccounts(engine, input).flatMap((account) => {
    const { where, params } = scopeSql(engine, { ...input, accountId: account.id });
    const entities = cellsThatWouldGo(engine.db, where, params);
    return entities.length === 0 ? [] : [{ account, entities }];
  });
  const findings: Finding[] = [];
  const skipped: Skipped = [];
  let asked = 0;
  let stopped = false;
  if (work.length > 0) {
    const total = work.reduce((sum, { entities }) => sum + cellsIn(entities), 0);
    const label = work.map(({ account }) => account.name).join(', ');
    await engine.jobs.run('validate', label, signal, async (job) => {
      for (const { account, entities } of work) {
        let own = 0;
        try {
          for (let from = 0; from < entities.length && !job.signal.aborted; from += STEP) {
            const part = entities.slice(from, from + STEP);
            findings.push(...(await askAbout(engine, account, part, job.signal)));
            own += cellsIn(part);
            job.progress(asked + own, total);
          }
          if (!job.signal.aborted) noteReached(engine, account);
        } catch (error) {
          if (!job.signal.aborted) {
            const { code, message } = noteFailure(engine, account, error, 'publish');
            skipped.push({ accountId: account.id, ops: cellsIn(entities) - own, code, message });
          }
        }
        asked += own;
      }
      stopped = job.signal.aborted;
      return { asked, findings: findings.length, stopped };
    });
  }
  engine.limiters.flush();
  return {
    asked,
    stopped,
    findings: findings.slice(0, MOST_FINDINGS),
    findingsTotal: findings.length,
    skipped,
  };
}

async function askAbout(
  engine: Engine,
  account: AccountRow,
  entities: readonly LeasedEntity[],
  signal: AbortSignal,
): Promise<Finding[]> {
  const context = await channelContext(engine, account, { signal });
  const connector = account.platform === 'local' ? undefined : engine.connectors.get(account.platform);
  const ops = entities.map((entity, index) => ({
    opId: String(index),
    ref: entity.ref,
    currency: context.currency,
    fields: Object.fromEntries(entity.cells.map((cell) => [cell.field, cell.sent])),
  }));
  const found = await retrying(
    engine.ports,
    signal,
    async () => (await connector?.tryListings?.(context, ops)) ?? [],
  );
  return found.flatMap((finding) => toFindings(entities[Number(finding.opId)], finding));
}

/** A finding about no field in particular stands at every cell that would go out. */
function toFindings(entity: LeasedEntity | undefined, finding: TryFinding): Finding[] {
  if (!entity) return [];
  const { code, message, severity, field } = finding;
  const fields = field === null ? entity.cells.map((cell) => cell.field) : [field];
  return fields.map((name) => ({ listingId: entity.listingId, field: name, code, message, severity }));
}

function cellsIn(entities: readonly LeasedEntity[]): number {
  return entities.reduce((sum, entity) => sum + entity.cells.length, 0);
}
