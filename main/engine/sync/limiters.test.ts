import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeShop } from '../testing/fake-shop.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { addAccount } from './manage-accounts.ts';

const QUICK = { capacity: 2, perSecond: 1 };
const DAILY = { capacity: 3, perSecond: 3 / 86_400 };

let test: TestEngine;
let account: number;
beforeEach(async () => {
  test = await testEngine({ connectors: [new FakeShop()] });
  await addAccount(
    test.engine,
    { platform: 'woocommerce', name: 'Shop', baseUrl: 'https://shop.example', credentials: {} },
    { actor: 'test' },
  );
  account = test.engine.db.pluck<number>('SELECT rid FROM account')[0] ?? 0;
});
afterEach(() => test.close());

describe('limiters', () => {
  it('let a burst through and then pace to the rate', async () => {
    const limiter = test.engine.limiters.of(account);
    const started = test.clock.now();
    for (let call = 0; call < 12; call += 1) await limiter.take('write', QUICK);
    const seconds = (test.clock.now() - started) / 1_000;
    expect(seconds).toBeGreaterThanOrEqual(9.8);
    expect(seconds).toBeLessThan(10.5);
  });

  it('take back what a call did not use', async () => {
    const limiter = test.engine.limiters.of(account);
    const plan = { capacity: 100, perSecond: 1 };
    const started = test.clock.now();
    for (let call = 0; call < 5; call += 1) {
      await limiter.take('query', plan, { cost: 80 });
      limiter.refund?.('query', plan, 76);
    }
    expect(test.clock.now() - started).toBeLessThan(1_000);
    await limiter.take('query', plan, { cost: 80 });
    await limiter.take('query', plan, { cost: 50 });
    expect(test.clock.now() - started).toBeGreaterThan(45_000);
  });

  it('keep buckets of operations and accounts apart', async () => {
    const limiter = test.engine.limiters.of(account);
    const started = test.clock.now();
    await limiter.take('a', { capacity: 1, perSecond: 0.9 });
    await limiter.take('b', { capacity: 1, perSecond: 0.9 });
    expect(test.clock.now() - started).toBeLessThan(100);
  });

  it('refuse at once what would wait too long, without taking the place', async () => {
    const limiter = test.engine.limiters.of(account);
    for (let call = 0; call < 3; call += 1) await limiter.take('day', DAILY);
    await expect(limiter.take('day', DAILY)).rejects.toMatchObject({ code: 'CHANNEL_RATE', retryable: true });
    await expect(limiter.take('day', DAILY)).rejects.toMatchObject({ code: 'CHANNEL_RATE' });
    test.clock.advance(86_400_000 / 3);
    await limiter.take('day', DAILY);
  });

  it('remember a spent quota over a restart', async () => {
    for (let call = 0; call < 3; call += 1) await test.engine.limiters.of(account).take('day', DAILY);
    test = await test.restart();
    await expect(test.engine.limiters.of(account).take('day', DAILY)).rejects.toMatchObject({
      code: 'CHANNEL_RATE',
    });
  });

  it('wait out what the channel asked for', async () => {
    const limiter = test.engine.limiters.of(account);
    limiter.close('write', QUICK, 30_000);
    const started = test.clock.now();
    await limiter.take('write', QUICK);
    expect(test.clock.now() - started).toBeGreaterThanOrEqual(30_000);
  });
});
