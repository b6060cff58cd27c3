// A real engine on a workspace of its own, with a shop in memory and no network.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '../../shared/errors/coded-error.ts';
import { memoryVault } from '../../main/engine/testing/test-engine.ts';
import { FakeShop } from '../../main/engine/testing/fake-shop.ts';
import { CONNECTORS, openEngine } from '../../main/engine/open-engine.ts';
import { silentLogger } from '../../main/engine/system-ports.ts';
import { Random } from './random.mjs';

const PRODUCTS = 40;
const ORDERS = 30;
const BEGIN_MS = Date.UTC(2026, 10, 23, 9);
const OPENING = { platform: 'woocommerce', name: 'Shop', baseUrl: 'https://shop.example', credentials: {} };

const address = (index) => ({
  name: `Buyer ${index}`,
  company: '',
  line1: `${index} Main Street`,
  line2: '',
  city: 'Bremen',
  region: '',
  postcode: '28195',
  country: 'DE',
  phone: '',
  email: `buyer${index}@example.com`,
});

const order = (index) => ({
  externalId: String(9_000 + index),
  number: `N${index}`,
  channelStatus: 'processing',
  disposition: null,
  currency: 'EUR',
  totalMinor: 2_000 + index,
  placedAtMs: BEGIN_MS - index * 3_600_000,
  modifiedAtMs: BEGIN_MS,
  note: index % 3 === 0 ? 'As a gift, please' : '',
  shippingMethod: 'Parcel',
  shipTo: address(index),
  lines: [0, 1].map((line) => ({
    externalId: String(index * 10 + line),
    sku: `S${(index + line) % PRODUCTS}`,
    title: `P${(index + line) % PRODUCTS}`,
    variant: '',
    quantity: 1 + line,
    unitPriceMinor: 1_000,
    productExternalId: String((index + line) % PRODUCTS),
    variantExternalId: null,
    image: null,
  })),
  raw: '{}',
});

class ShopWithOrders extends FakeShop {
  async pullOrders() {
    const orders = Array.from({ length: ORDERS }, (_, index) => order(index));
    return { orders, quarantined: [], cursor: '1', done: true, total: orders.length };
  }
}

/** Moves by itself a little and at once when slept on; the sleeper lets others run first. */
class QuickClock {
  at = BEGIN_MS;

  now() {
    this.at += 1;
    return this.at;
  }

  /** Ends with its signal, as the clock of the machine does. */
  async sleep(ms, signal) {
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
    if (signal?.aborted) throw new CodedError('CANCELLED', 'Stopped');
    this.at += ms;
  }
}

/** Goes to a folder deep inside a new one, so that relative paths of wrong calls stay inside too. */
function enterSandbox() {
  const home = mkdtempSync(join(tmpdir(), 'quayside-fuzz-'));
  const work = join(home, 'a', 'b', 'c', 'd', 'e', 'f');
  mkdirSync(work, { recursive: true });
  const before = process.cwd();
  process.chdir(work);
  writeFileSync('in.csv', 'SKU,Name,Regular price\nS1,Blue mug,12.50\nNEW-1,Red mug,3\nS2,,\n');
  writeFileSync('in2.csv', 'sku;titel;preis\nS3;Tasse;1,50\n;;\n"S4;x\n');
  writeFileSync('broken.csv', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x22, 0x0a, 0x50, 0x4b, 0x03, 0x04]));
  return {
    home,
    leave: () => {
      process.chdir(before);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** @param {number} seed decides ids and jitter of the engine */
export async function openWorld(seed) {
  const random = new Random(seed ^ 0x5eed);
  const sandbox = enterSandbox();
  const shop = new ShopWithOrders();
  for (let index = 0; index < PRODUCTS; index += 1) {
    const fields = {
      title: `P${index}`,
      sku: `S${index}`,
      price: 1_000 + index,
      quantity: 5,
      status: 'publish',
    };
    shop.add(String(index), fields);
  }
  const opened = await openEngine({
    dir: join(sandbox.home, 'workspace'),
    create: true,
    actor: 'fuzz',
    connectors: [shop, ...CONNECTORS.filter(({ platform }) => platform !== shop.platform)],
    ports: {
      clock: new QuickClock(),
      fetch: () => Promise.reject(new TypeError('fetch failed')),
      vault: memoryVault(),
      log: silentLogger,
      random: () => random.next(),
      newId: () => random.uuid(),
    },
  });
  return {
    engine: opened.engine,
    /** Calls that fill the workspace before the fuzzing, in order; `accountId` comes from the first. */
    opening: [
      ['channels.add', () => OPENING],
      ['sync.pull', () => ({})],
      ['inventory.takeOpening', (accountId) => ({ accountId })],
      ['listings.query', () => ({ limit: 50 })],
      ['orders.query', () => ({ limit: 50 })],
      ['inventory.open', () => ({})],
      ['inventory.locations', () => ({})],
      ['views.open', () => ({})],
    ],
    close: async () => {
      await opened.close();
      sandbox.leave();
    },
  };
}
