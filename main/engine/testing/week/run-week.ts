import { v7 } from 'uuid';
import type { MethodName, Params, Result } from '#shared/contract/methods.ts';
import { bufferForRisk } from '#shared/domain/inventory/oversell.ts';
import { poissonNumber, seededRandom } from '#shared/domain/seeded-random.ts';
import { dispatch } from '../../rpc/dispatch.ts';
import { UNDO_HOOKS } from '../inventory-kit.ts';
import { testEngine, type TestEngine } from '../test-engine.ts';
import { WeekShop } from './week-shop.ts';

export const WEEK_POLICIES = ['mirror', 'buffer', 'lead'] as const;
/**
 * `mirror` shows everything everywhere. `buffer` holds back, on every shop, what
 * keeps the risk of overselling. `lead` holds the same back on all but the shop
 * that sells most of the item, which sells the last units alone.
 */
export type WeekPolicy = (typeof WEEK_POLICIES)[number];

export interface WeekOptions {
  readonly seed: number;
  readonly days: number;
  readonly skus: number;
  readonly units: number;
  /** Minutes between two rounds of reading, allocating and publishing. */
  readonly everyMinutes: number;
  /** Share of rounds that a shop cannot be reached in. */
  readonly unreachable: number;
  /** Risk of an oversell that a buffer is chosen for. */
  readonly risk: number;
}

export const WEEK_DEFAULTS: WeekOptions = {
  seed: 1,
  days: 7,
  skus: 12,
  units: 30,
  everyMinutes: 60,
  unreachable: 0.1,
  risk: 0.05,
};

export interface WeekOutcome {
  readonly policy: WeekPolicy;
  readonly buyers: number;
  readonly sold: number;
  /** Units sold beyond what there was, and SKUs that it happened to. */
  readonly oversold: number;
  readonly oversoldSkus: number;
  /** Buyers who were shown nothing although there was a unit. */
  readonly missed: number;
  /** Units left at the end. */
  readonly left: number;
  readonly pushes: number;
  /** Quantities that wait for a person to decide at the end. */
  readonly conflicts: number;
}

const PLATFORMS = ['woocommerce', 'shopify', 'amazon', 'etsy'] as const;
const MINUTE = 60_000;
const DAY_MINUTES = 1_440;

/** Buyers a day and shop for each SKU: the same for every policy. */
function ratesOf(options: WeekOptions): number[][] {
  const random = seededRandom(options.seed);
  return Array.from({ length: options.skus }, () => PLATFORMS.map(() => 0.2 + random() * 2.2));
}

/**
 * Four shops sell from one stock for some days, each unaware of the others,
 * against the real engine: orders are read, quantities allocated, edits
 * published and read back. Buyers, and when shops are out of reach, come from
 * the seed, so two policies meet the same days.
 */
export async function runWeek(policy: WeekPolicy, options: WeekOptions): Promise<WeekOutcome> {
  const shops = PLATFORMS.map((platform) => new WeekShop(platform));
  const test = await testEngine({ connectors: shops, undoHooks: UNDO_HOOKS });
  try {
    return await new Week(policy, options, shops, test).run();
  } finally {
    test.close();
  }
}

class Week {
  private readonly policy: WeekPolicy;
  private readonly options: WeekOptions;
  private readonly shops: readonly WeekShop[];
  private readonly test: TestEngine;
  private readonly rates: number[][];
  private readonly buyers: () => number;
  private readonly sold: number[];
  private readonly figures = { buyers: 0, sold: 0, missed: 0 };

  constructor(policy: WeekPolicy, options: WeekOptions, shops: readonly WeekShop[], test: TestEngine) {
    this.policy = policy;
    this.options = options;
    this.shops = shops;
    this.test = test;
    this.rates = ratesOf(options);
    this.buyers = seededRandom(options.seed + 1);
    this.sold = Array.from({ length: options.skus }, () => 0);
  }

  async run(): Promise<WeekOutcome> {
    const { options } = this;
    await this.open();
    const outages = seededRandom(options.seed + 2);
    for (let minute = 0; minute < options.days * DAY_MINUTES; minute += options.everyMinutes) {
      this.sell();
      this.test.clock.advance(options.everyMinutes * MINUTE);
      for (const shop of this.shops) shop.reachable = outages() >= options.unreachable;
      await this.round();
    }
    const over = this.sold.map((units) => Math.max(0, units - options.units));
    return {
      policy: this.policy,
      ...this.figures,
      oversold: over.reduce((sum, units) => sum + units, 0),
      oversoldSkus: over.filter((units) => units > 0).length,
      left: this.sold.reduce((sum, units) => sum + Math.max(0, options.units - units), 0),
      pushes: this.shops.reduce((sum, shop) => sum + shop.applied.length, 0),
      conflicts: (await this.call('conflicts.list', {})).conflicts.length,
    };
  }

  private async open(): Promise<void> {
    const { options, shops } = this;
    for (const [index, shop] of shops.entries()) {
      for (let sku = 0; sku < options.skus; sku += 1) {
        const fields = { title: `Thing ${sku}`, sku: skuOf(sku), price: 1_000, quantity: options.units };
        shop.add(String(sku), { ...fields, manageStock: 1, status: 'publish' });
      }
      const platform = PLATFORMS[index] ?? 'woocommerce';
      const account = { platform, name: platform, baseUrl: `https://${platform}.example`, credentials: {} };
      const { accountId } = await this.call('channels.add', account);
      await this.call('sync.pull', { accountId });
    }
    const { accounts } = await this.call('channels.list', {});
    await this.call('inventory.takeOpening', { accountId: accounts[0]?.accountId ?? '' });
    if (this.policy !== 'mirror') await this.setBuffers();
    await this.round();
  }

  /** Holds back, of every SKU, what the shops may sell until they are told again. */
  private async setBuffers(): Promise<void> {
    const { options } = this;
    // A shop that cannot be reached now and then is told later than every round.
    const ageDays = (options.everyMinutes / (1 - options.unreachable) / DAY_MINUTES) * 1.5;
    const { accounts } = await this.call('channels.list', {});
    const { ids } = await this.call('inventory.open', {});
    const { rows } = await this.call('inventory.rows', { rids: [...ids] });
    for (const { itemId, sku } of rows) {
      const rates = this.rates[numberOf(sku)] ?? [];
      const buffer = bufferForRisk(rates, ageDays, options.risk);
      await this.call('inventory.setRule', {
        itemId,
        accountId: null,
        rule: { buffer, floor: 0, maximum: null },
      });
      const lead = accounts[rates.indexOf(Math.max(...rates))]?.accountId;
      if (this.policy === 'lead' && lead !== undefined) {
        await this.call('inventory.setRule', {
          itemId,
          accountId: lead,
          rule: { buffer: 0, floor: 0, maximum: null },
        });
      }
    }
  }

  /** What sells until the next round; shops take turns as their buyers come. */
  private sell(): void {
    const { options } = this;
    const now = this.test.clock.now();
    const share = options.everyMinutes / DAY_MINUTES;
    const visits: { at: number; shop: WeekShop; sku: number }[] = [];
    for (let sku = 0; sku < options.skus; sku += 1) {
      for (const [index, shop] of this.shops.entries()) {
        const count = poissonNumber(this.buyers, (this.rates[sku]?.[index] ?? 0) * share);
        for (let n = 0; n < count; n += 1) visits.push({ at: this.buyers(), shop, sku });
      }
    }
    for (const { at, shop, sku } of visits.toSorted((a, b) => a.at - b.at)) {
      this.figures.buyers += 1;
      const when = Math.round(now + at * options.everyMinutes * MINUTE);
      if (shop.buy(String(sku), skuOf(sku), when)) {
        this.figures.sold += 1;
        this.sold[sku] = (this.sold[sku] ?? 0) + 1;
      } else if ((this.sold[sku] ?? 0) < options.units) {
        this.figures.missed += 1;
      }
    }
  }

  private async round(): Promise<void> {
    await this.call('sync.pull', {});
    await this.call('inventory.allocate', {});
    await this.call('publish.run', {});
  }

  private async call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
    const who = { actor: 'week', requestId: v7(), signal: new AbortController().signal };
    return (await dispatch(this.test.engine, method, params, who, { checkOutput: false })) as Result<M>;
  }
}

const skuOf = (number: number): string => `SKU-${String(number).padStart(3, '0')}`;
const numberOf = (sku: string): number => Number(sku.slice(4));
