import type { Platform } from '#shared/domain/platforms.ts';
import { Views } from './catalog/views.ts';
import type { ChannelConnector } from './channels/contract.ts';
import type { Database } from './db/database.ts';
import { EventBus } from './events.ts';
import { Jobs } from './jobs/jobs.ts';
import { SafetyBackups } from './jobs/safety-backups.ts';
import { Journal } from './journal/journal.ts';
import type { UndoHook } from './journal/undo.ts';
import type { Ports } from './ports.ts';
import { Limiters } from './sync/limiters.ts';
import { KeyedMutex } from './sync/mutex.ts';
import { SignIns } from './sync/sign-ins.ts';

/** Everything a handler needs: one open workspace and the parts that work on it. */
export interface Engine {
  readonly dir: string;
  readonly db: Database;
  readonly ports: Ports;
  readonly bus: EventBus;
  readonly journal: Journal;
  readonly views: Views;
  readonly jobs: Jobs;
  readonly safety: SafetyBackups;
  readonly connectors: ReadonlyMap<Platform, ChannelConnector>;
  /** Pull and push of one account never run at the same time. */
  readonly locks: KeyedMutex;
  /** Rate limits of every account. */
  readonly limiters: Limiters;
  /** Sign-ins in the browser that wait for a person. */
  readonly signIns: SignIns;
  readonly undoHooks: readonly UndoHook[];
  /** Who acts when a call does not say: `user` in a window, `cli` headless. */
  readonly actor: string;
}

export interface EngineParts {
  readonly dir: string;
  readonly db: Database;
  readonly ports: Ports;
  readonly connectors: readonly ChannelConnector[];
  readonly undoHooks: readonly UndoHook[];
  readonly actor: string;
}

export function createEngine(parts: EngineParts): Engine {
  const bus = new EventBus();
  const { db, dir, ports } = parts;
  const safety = new SafetyBackups({ db, dir, clock: ports.clock, log: ports.log });
  const connectors = new Map<Platform, ChannelConnector>();
  for (const connector of parts.connectors) {
    if (connector.platform !== 'local') connectors.set(connector.platform, connector);
  }
  return {
    dir: parts.dir,
    db: parts.db,
    ports: parts.ports,
    bus,
    journal: new Journal(db, ports.clock, ports.newId, bus, {
      beforeCommit: (rows) => safety.beforeBulk(rows),
      ...(ports.atPoint ? { atPoint: ports.atPoint } : {}),
    }),
    safety,
    views: new Views(parts.db, () => ports.clock.now()),
    jobs: new Jobs(parts.db, parts.ports, bus),
    connectors,
    locks: new KeyedMutex(),
    limiters: new Limiters(parts.db, parts.ports.clock),
    signIns: new SignIns(),
    undoHooks: parts.undoHooks,
    actor: parts.actor,
  };
}
