import { keepListingSearch } from './catalog/listing-search.ts';
import { amazonConnector } from './channels/amazon/connector.ts';
import type { ChannelConnector } from './channels/contract.ts';
import { etsyConnector } from './channels/etsy/connector.ts';
import { shopifyConnector } from './channels/shopify/connector.ts';
import { woocommerceConnector } from './channels/woocommerce/connector.ts';
import { createEngine, type Engine } from './engine.ts';
import { inventoryUndoHook } from './inventory/undo-hook.ts';
import { orderRecordsHook } from './orders/records-hook.ts';
import { orderUndoHook } from './orders/unship.ts';
import type { Ports } from './ports.ts';
import { keepQuality } from './quality/keep-quality.ts';
import { keepPolicies } from './privacy/keep-policies.ts';
import { recoverLeases } from './sync/outbox.ts';
import { openWorkspace } from './workspace.ts';

/** Every channel that can be connected. */
export const CONNECTORS: readonly ChannelConnector[] = [
  woocommerceConnector,
  shopifyConnector,
  amazonConnector,
  etsyConnector,
];

export interface OpenedEngine {
  readonly engine: Engine;
  readonly workspaceId: string;
  /** Stops jobs at their next safe point, checkpoints and closes. */
  close(): Promise<void>;
}

/** Opens a workspace and puts the parts together; what a crash left in doubt is marked for reading back. */
export async function openEngine(options: {
  dir: string;
  create: boolean;
  ports: Ports;
  actor: string;
  connectors?: readonly ChannelConnector[];
}): Promise<OpenedEngine> {
  const { ports } = options;
  const workspace = await openWorkspace(options.dir, {
    create: options.create,
    clock: ports.clock,
    log: ports.log,
    newId: () => ports.newId(),
    vault: ports.vault,
  });
  const engine = createEngine({
    dir: workspace.dir,
    db: workspace.db,
    ports,
    connectors: options.connectors ?? CONNECTORS,
    undoHooks: [orderUndoHook, inventoryUndoHook(ports), orderRecordsHook],
    actor: options.actor,
  });
  engine.jobs.markInterrupted();
  const doubtful = recoverLeases(workspace.db, ports.clock.now());
  if (doubtful > 0) ports.log.warn('ops to read back after an interruption', { ops: doubtful });
  const search = keepListingSearch(workspace.db, engine.bus, ports.clock, ports.log);
  const policies = keepPolicies(engine);
  const quality = keepQuality(engine);
  return {
    engine,
    workspaceId: workspace.id,
    close: async () => {
      engine.jobs.cancelAll();
      await Promise.all([
        engine.jobs.settled(),
        engine.safety.stop(),
        search.stop(),
        policies.stop(),
        quality.stop(),
        engine.signIns.close(),
      ]);
      workspace.close();
    },
  };
}
