import { InvalidArgumentError, type Command } from 'commander';
import { parseFaults } from '../../simulator/woocommerce/faults.ts';
import { startWooCommerceSimulator } from '../../simulator/woocommerce/start.ts';
import { printJson } from '../output.ts';

interface Options {
  listings?: number;
  orders?: number;
  seed?: number;
  port?: number;
  faults?: string;
}

export function registerSimulate(program: Command): void {
  program
    .command('simulate')
    .description('serve a simulated shop on this machine until SIGTERM')
    .command('woocommerce')
    .option('--listings <n>', 'sellable variants', whole)
    .option('--orders <n>', 'orders', whole)
    .option('--seed <n>', 'same seed, same shop', whole)
    .option('--port <n>', 'port on 127.0.0.1 (0 = any free one)', whole)
    .option('--faults <names>', 'comma-separated faults that happen now and then')
    .action(async ({ faults, ...options }: Options) => {
      const shop = await startWooCommerceSimulator({
        ...options,
        ...(faults ? { faults: parseFaults(faults) } : {}),
      });
      printJson({ url: shop.url, credentials: shop.credentials });
      await new Promise<void>((resolve) => {
        process.once('SIGTERM', () => resolve()).once('SIGINT', () => resolve());
      });
      await shop.close();
    });
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}
