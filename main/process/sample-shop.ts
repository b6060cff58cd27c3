import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { listAccounts, readCredentials, type AccountRow } from '../engine/sync/accounts.ts';
import { addAccount, updateAccount } from '../engine/sync/manage-accounts.ts';
import { pull } from '../engine/sync/pull.ts';
import { takeOrdersSince } from '../simulator/woocommerce/seed/new-orders.ts';
import { startWooCommerceSimulator, type WooCommerceSimulator } from '../simulator/woocommerce/start.ts';

/** In the workspace's folder: what was written to the sample shop survives a restart with it. */
export const SAMPLE_STATE_FILE = 'sample-shop.ndjson';

const SHOP = { name: 'Harbour & Home', seed: 20_261, listings: 520, orders: 96 };

/**
 * Runs the simulated shop of a sample workspace: adds its account the first
 * time, points it to where the shop runs now, and begins to read it, so that
 * windows fill by themselves.
 */
export async function startSampleShop(engine: Engine): Promise<{ close(): Promise<void> }> {
  const shop = await startWooCommerceSimulator({ ...SHOP, stateFile: join(engine.dir, SAMPLE_STATE_FILE) });
  takeOrdersSince(shop.store, SHOP.seed);
  const stop = new AbortController();
  try {
    const accountId = await connect(engine, shop);
    const reading = pull(engine, { accountId }, stop.signal).catch((error: unknown) => {
      // The account's card shows the reason, and the scheduler tries again.
      engine.ports.log.warn('the sample shop was not read', {
        message: error instanceof Error ? error.message : String(error),
      });
    });
    return {
      close: async () => {
        stop.abort();
        await reading;
        await shop.close();
      },
    };
  } catch (error) {
    await shop.close();
    throw error;
  }
}

async function connect(engine: Engine, shop: WooCommerceSimulator): Promise<string> {
  const call = { actor: 'sample' };
  const credentials = { ...shop.credentials };
  const known = listAccounts(engine.db).find(
    (account) => account.sample === 1 && account.platform === 'woocommerce',
  );
  if (!known) {
    const input = { platform: 'woocommerce', name: SHOP.name, baseUrl: shop.url, credentials } as const;
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
