import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { ChannelConnector } from '../channels/contract.ts';
import { createEngine, type Engine } from '../engine.ts';
import type { UndoHook } from '../journal/undo.ts';
import type { Clock, Fetch, Ports, Vault } from '../ports.ts';
import { silentLogger } from '../system-ports.ts';
import { recoverLeases } from '../sync/outbox.ts';
import { openWorkspace } from '../workspace.ts';

/** A clock that only moves when slept on, so that waits cost no time. */
export class TestClock implements Clock {
  private at = Date.UTC(2026, 10, 23, 9);

  now(): number {
    this.at += 1;
    return this.at;
  }

  async sleep(ms: number): Promise<void> {
    this.at += ms;
    await Promise.resolve();
  }

  advance(ms: number): void {
    this.at += ms;
  }
}

export function memoryVault(): Vault {
  const entries = new Map<string, string>();
  return {
    get: async (key) => entries.get(key) ?? null,
    set: async (key, value) => {
      entries.set(key, value);
    },
    remove: async (key) => {
      entries.delete(key);
    },
  };
}

export interface TestEngine {
  readonly engine: Engine;
  readonly clock: TestClock;
  readonly dir: string;
  /** Closes and opens the same workspace again, as after a restart; nothing in memory survives. */
  restart(): Promise<TestEngine>;
  close(): void;
}

export interface TestOptions {
  readonly connectors?: readonly ChannelConnector[];
  readonly undoHooks?: readonly UndoHook[];
  /** The network; by default there is none. */
  readonly fetch?: Fetch;
  /** Called at every crash point. */
  readonly atPoint?: (point: string) => void;
}

interface Kept {
  readonly dir: string;
  readonly clock: TestClock;
  readonly vault: Vault;
}

export async function testEngine(options: TestOptions = {}): Promise<TestEngine> {
  const kept: Kept = {
    dir: mkdtempSync(join(tmpdir(), 'quayside-')),
    clock: new TestClock(),
    vault: memoryVault(),
  };
  return open(kept, options);
}

async function open(kept: Kept, options: TestOptions): Promise<TestEngine> {
  const workspace = await openWorkspace(kept.dir, {
    create: true,
    clock: kept.clock,
    log: silentLogger,
    newId: v7,
    vault: kept.vault,
  });
  const ports: Ports = {
    clock: kept.clock,
    fetch: options.fetch ?? (() => Promise.reject(new Error('no network in this test'))),
    vault: kept.vault,
    log: silentLogger,
    random: () => 0.5,
    newId: v7,
    ...(options.atPoint ? { atPoint: options.atPoint } : {}),
  };
  const engine = createEngine({
    dir: kept.dir,
    db: workspace.db,
    ports,
    connectors: options.connectors ?? [],
    undoHooks: options.undoHooks ?? [],
    actor: 'test',
  });
  engine.jobs.markInterrupted();
  recoverLeases(workspace.db, kept.clock.now());
  return {
    engine,
    clock: kept.clock,
    dir: kept.dir,
    restart: async () => {
      await engine.safety.stop();
      workspace.close();
      return open(kept, options);
    },
    close: () => {
      void engine.safety.stop();
      workspace.close();
      rmSync(kept.dir, { recursive: true, force: true });
    },
  };
}
