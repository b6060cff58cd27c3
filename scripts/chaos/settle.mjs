// No faults any more, everything runs: the queue has to become empty by itself.
import { setTimeout as wait } from 'node:timers/promises';
import { EngineDied } from './engine-handle.mjs';

const ROUNDS = 25;
/** Schedules wait for their time, and some channels show things late. */
const PATIENCE_MS = 1_000;
const OPEN = ['pending', 'leased', 'sent', 'accepted', 'retry_wait', 'needs_verify', 'rejected', 'conflict'];

/** Adds a violation for every op that does not come to an end. */
export async function settle(worker, violations) {
  const { engine, shops } = worker;
  await worker.join();
  await engine.kill();
  await worker.later.resume();
  for (const shop of shops) await shop.ask('calm');
  let open = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    try {
      await engine.call('sync.pull', { full: round === 0 });
      await engine.command('conflicts.resolve', { choice: round % 2 === 0 ? 'mine' : 'theirs' });
      await engine.call('publish.retry', {});
      await engine.call('publish.run', {});
      open = await engine.call('outbox.query', { states: OPEN, limit: 50 });
      const others = [...(await worker.later.open()), ...(await worker.actions.open())];
      if (open.total === 0 && others.length === 0) break;
      if (open.total === 0) await wait(PATIENCE_MS);
    } catch (error) {
      // A crash point that was armed before.
      if (!(error instanceof EngineDied)) throw error;
    }
  }
  for (const op of open?.ops ?? []) {
    violations.push({
      what: 'op does not end',
      detail: `${op.sku ?? op.title} ${op.field}: ${op.state} ${op.code ?? ''} ${op.message ?? ''} after ${op.attempts} attempts`,
    });
  }
}
