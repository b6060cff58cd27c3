import { InvalidArgumentError, type Command } from 'commander';
import { parseFaults } from '../../simulator/woocommerce/faults.ts';
import { startAmazonSimulator } from '../../simulator/amazon/start.ts';
import { startEtsySimulator } from '../../simulator/etsy/start.ts';
import { startShopifySimulator } from '../../simulator/shopify/start.ts';
import { startWooCommerceSimulator } from '../../simulator/woocommerce/start.ts';
import type { FaultName } from '../../simulator/kit/fault-plan.ts';
import { printJson } from '../output.ts';

interface Options {
  listings?: number;
  orders?: number;
  seed?: number;
  port?: number;
  faults?: readonly FaultName[];
}

interface SimulatedShop {
  readonly url: string;
  readonly credentials: object;
  close(): Promise<void>;
}

/** One entry a channel. */
const CHANNELS: Readonly<Record<string, (options: Options) => Promise<SimulatedShop>>> = {
  woocommerce: startWooCommerceSimulator,
  shopify: startShopifySimulator,
  etsy: startEtsySimulator,
  amazon: startAmazonSimulator,
};

export function registerSimulate(program: Command): void {
  const simulate = program
    .command('simulate')
    .description('serve a simulated shop on this machine until SIGTERM');
  for (const [channel, start] of Object.entries(CHANNELS)) {
    simulate
      .command(channel)
      .option('--listings <n>', 'sellable variants', whole)
      .option('--orders <n>', 'orders', whole)
      .option('--seed <n>', 'same seed, same shop', whole)
      .option('--port <n>', 'port on 127.0.0.1 (0 = any free one)', whole)
      .option('--faults <names>', 'comma-separated faults that happen now and then')
      .action(async ({ faults, ...options }: Omit<Options, 'faults'> & { faults?: string }) => {
        const shop = await start({ ...options, ...(faults ? { faults: parseFaults(faults) } : {}) });
        printJson({ url: shop.url, credentials: shop.credentials });
        await new Promise<void>((resolve) => {
          process.once('SIGTERM', () => resolve()).once('SIGINT', () => resolve());
        });
        await shop.close();
      });
  }
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}
