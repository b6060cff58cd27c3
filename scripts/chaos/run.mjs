// One run: carries out the plan, then lets everything settle and proves what must be true.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONNECTORS } from '../../main/engine/open-engine.ts';
import { EngineHandle } from './engine-handle.mjs';
import { plan } from './plan.mjs';
import { prove } from './proof.mjs';
import { ShopHandle } from './shop-handle.mjs';
import { SHOPS } from './shops.mjs';
import { settle } from './settle.mjs';
import { Worker } from './worker.mjs';

/**
 * @typedef {{ what: string, detail: string }} Violation
 * @param {{ seed: number, minutes?: number, steps?: number, platforms?: string[], log: (line: string) => void }} options
 * With `steps` exactly so many, otherwise as many as fit into `minutes`; `platforms` leaves the other shops out.
 */
export async function runChaos({ seed, minutes = 2, steps, platforms, log }) {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-chaos-'));
  const started = Date.now();
  /** @type {Violation[]} */
  const violations = [];
  const onTwice = ({ platform, row, request, content }) =>
    violations.push({
      what: 'applied twice',
      detail: `${platform} ${row} by ${request}: ${content.slice(0, 300)}`,
    });
  const shops = CONNECTORS.map((connector) => connector.platform)
    .filter((platform) => platform in SHOPS && (platforms?.includes(platform) ?? true))
    .map((platform, index) => new ShopHandle({ platform, seed: seed + index, folder, onTwice }));
  const workspace = join(folder, 'workspace');
  const engine = new EngineHandle({ workspace, log });
  const worker = new Worker({ engine, shops, folder, log });
  let done = 0;
  try {
    await worker.begin();
    const until = started + minutes * 60_000;
    for (const step of plan(seed)) {
      if (steps === undefined ? Date.now() >= until : done >= steps) break;
      log(`${done} ${step.kind}`);
      await worker.take(step, done);
      done += 1;
    }
    await settle(worker, violations);
    const { ops, actions } = await prove({ worker, workspace, violations });
    return {
      seed,
      steps: done,
      seconds: Math.round((Date.now() - started) / 1_000),
      kinds: worker.kinds,
      kills: { engine: engine.crashes, shops: shops.reduce((sum, shop) => sum + shop.kills, 0) },
      faults: shops.reduce((sum, shop) => sum + shop.faults, 0),
      writes: shops.reduce((sum, shop) => sum + shop.writes, 0),
      shipments: worker.shipments.length,
      ops,
      actions,
      schedules: worker.later.schedules.length,
      violations,
    };
  } finally {
    await engine.kill();
    for (const shop of shops) await shop.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
