import { join } from 'node:path';
import type { Platform } from '#shared/domain/platforms.ts';
import type { Engine } from '../engine/engine.ts';
import { listAccounts, readCredentials, type AccountRow } from '../engine/sync/accounts.ts';
import { addAccount, updateAccount } from '../engine/sync/manage-accounts.ts';
import { pull } from '../engine/sync/pull.ts';
import { startAmazonSimulator } from '../simulator/amazon/start.ts';
import { startEtsySimulator } from '../simulator/etsy/start.ts';
import { startShopifySimulator } from '../simulator/shopify/start.ts';
import { takeOrdersSince } from '../simulator/woocommerce/seed/new-orders.ts';
import { startWooCommerceSimulator } from '../simulator/woocommerce/start.ts';

interface RunningShop {
  readonly url: string;
  readonly credentials: object;
  close(): Promise<void>;
}

interface SampleShop {
  readonly platform: Platform;
  readonly name: string;
  /** In the workspace's folder: what was written to the shop survives a restart with it. */
  readonly stateFile: string;
  readonly start: (stateFile: string) => Promise<RunningShop>;
}

/** The same goods under the same SKUs in every shop: one seller on several channels. */
const SEED = 20_261;

/** One entry a channel of the sample store. */
export const SAMPLE_SHOPS: readonly SampleShop[] = [
  {
    platform: 'woocommerce',
    name: 'Harbour & Home',
    stateFile: 'sample-shop.ndjson',
    start: async (stateFile) => {
      const shop = await startWooCommerceSimulator({ seed: SEED, listings: 520, orders: 96, stateFile });
      takeOrdersSince(shop.store, SEED);
      return shop;
    },
  },
  {
    platform: 'shopify',
    name: 'Harbour & Home on Shopify',
    stateFile: 'sample-shop-shopify.ndjson',
    start: (stateFile) => {
      // The largest plan's limits, so that the store fills at once.
      const bucket = { maximumAvailable: 20_000, restoreRate: 1_000 };
      return startShopifySimulator({ seed: SEED, listings: 240, orders: 40, bucket, stateFile });
    },
  },
  {
    platform: 'etsy',
    name: 'Harbour & Home on Etsy',
    stateFile: 'sample-shop-etsy.ndjson',
    start: (stateFile) => {
      const quota = { perSecond: 200, perDay: 1_000_000 };
      return startEtsySimulator({ seed: SEED, listings: 120, orders: 16, quota, stateFile });
    },
  },
  {
    platform: 'amazon',
    name: 'Harbour & Home on Amazon',
    stateFile: 'sample-shop-amazon.ndjson',
    // Read last: the connector keeps Amazon's slow pace anywhere. Limits and delays of the real one would keep people waiting who only look around.
    start: (stateFile) =>
      startAmazonSimulator({
        seed: SEED,
        listings: 160,
        orders: 24,
        throttles: false,
        settleMs: 2_000,
        reportMs: 0,
        feedMs: 2_000,
        stateFile,
      }),
  },
];

/**
 * Runs the simulated shops of a sample workspace: adds their accounts the first
 * time, points them to where the shops run now, and reads them, so that windows
 * fill by themselves. The first shop runs when this resolves; the others come
 * one by one beside the work, so that nobody waits for four shops to open one
 * window. `platforms` leaves the others out.
 */
export async function startSampleShops(
  engine: Engine,
  platforms: readonly string[] = SAMPLE_SHOPS.map((shop) => shop.platform),
): Promise<SampleShops> {
  const running: RunningShop[] = [];
  const stop = new AbortController();
  const open = async (sample: SampleShop): Promise<string> => {
    const shop = await sample.start(join(engine.dir, sample.stateFile));
    running.push(shop);
    return connect(engine, sample, shop);
  };
  const closeAll = async (): Promise<void> => {
    for (const shop of running) await shop.close();
  };
  const [first, ...others] = SAMPLE_SHOPS.filter(({ platform }) => platforms.includes(platform));
  try {
    const account = first ? await open(first) : null;
    const read = async (): Promise<void> => {
      if (account !== null) await readShop(engine, account, stop.signal);
      for (const sample of others) {
        if (stop.signal.aborted) return;
        try {
          await readShop(engine, await open(sample), stop.signal);
        } catch (error) {
          warn(engine, 'a sample shop did not start', sample.platform, error);
        }
      }
    };
    const complete = read();
    return {
      complete,
      close: async () => {
        stop.abort();
        await complete;
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

export interface SampleShops {
  /** Resolves when every shop runs and was read once, or failed and was logged. */
  readonly complete: Promise<void>;
  close(): Promise<void>;
}

async function readShop(engine: Engine, accountId: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  try {
    await pull(engine, { accountId }, signal);
  } catch (error) {
    // The account's card shows the reason, and the scheduler tries again.
    warn(engine, 'a sample shop was not read', accountId, error);
  }
}

function warn(engine: Engine, text: string, shop: string, error: unknown): void {
  engine.ports.log.warn(text, { shop, message: error instanceof Error ? error.message : String(error) });
}

async function connect(engine: Engine, sample: SampleShop, shop: RunningShop): Promise<string> {
  const call = { actor: 'sample' };
  const credentials: Record<string, string> = { ...shop.credentials };
  const known = listAccounts(engine.db).find(
    (account) => account.sample === 1 && account.platform === sample.platform,
  );
  if (!known) {
    const input = { platform: sample.platform, name: sample.name, baseUrl: shop.url, credentials };
    return (await addAccount(engine, input, call, { sample: true })).accountId;
  }
  // The vault does not travel with the folder; these keys are no secret.
  const keys = (await hasKeys(engine, known)) ? {} : { credentials };
  if (known.base_url !== shop.url || 'credentials' in keys) {
    await updateAccount(engine, { accountId: known.id, baseUrl: shop.url, ...keys }, call);
  }
  return known.id;
}

async function hasKeys(engine: Engine, account: AccountRow): Promise<boolean> {
  try {
    await readCredentials(engine, account);
    return true;
  } catch {
    return false;
  }
}
